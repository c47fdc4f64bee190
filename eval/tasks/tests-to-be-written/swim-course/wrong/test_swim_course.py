import unittest
from swim_course import SwimCourse


class TestSwimCourse(unittest.TestCase):
    def setUp(self):
        self.course = SwimCourse(2)

    def test_sign_up(self):
        self.assertEqual(self.course.sign_up("Alice"), "place")
        self.assertEqual(self.course.sign_up("Bob"), "place")
        self.assertEqual(self.course.sign_up("Carol"), "waiting")

    def test_sign_up_twice(self):
        self.course.sign_up("Alice")
        with self.assertRaises(ValueError):
            self.course.sign_up("Alice")

    def test_cancel(self):
        self.course.sign_up("Alice")
        self.course.sign_up("Bob")
        self.course.sign_up("Carol")
        self.assertEqual(self.course.cancel("Alice"), "Carol")

    def test_swimmers(self):
        self.course.sign_up("Alice")
        self.course.sign_up("Bob")
        self.assertEqual(self.course.swimmers(), ["Alice", "Bob"])


if __name__ == "__main__":
    unittest.main()
