from mutants import node_tests, score_tests

score_tests('practice-time.js', 'practice-time.test.js', node_tests)
