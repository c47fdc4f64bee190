from mutants import python_tests, score_tests

score_tests('swim_course.py', 'test_swim_course.py', python_tests)
