from mutants import python_tests, score_tests

score_tests('parking.py', 'test_parking.py', python_tests)
