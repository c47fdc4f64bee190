import unittest

from swim_course import SwimCourse


def course_with(places, *names):
    course = SwimCourse(places)
    for name in names:
        course.sign_up(name)
    return course


class SigningUp(unittest.TestCase):
    def test_a_course_needs_a_place(self):
        for places in (0, -1):
            with self.assertRaises(ValueError):
                SwimCourse(places)
        self.assertEqual(SwimCourse(1).sign_up("Ida"), "place")

    def test_places_go_first_then_names_wait(self):
        course = SwimCourse(2)
        said = [course.sign_up(name) for name in ("Tom", "Ida", "Mo", "Ben")]
        self.assertEqual(said, ["place", "place", "waiting", "waiting"])
        self.assertEqual(course.swimmers(), ["Ida", "Tom"])
        self.assertEqual(course.waiting(), ["Mo", "Ben"])

    def test_nobody_signs_up_twice(self):
        course = course_with(1, "Ida", "Tom")
        for name in ("Ida", "Tom"):
            with self.assertRaises(ValueError):
                course.sign_up(name)
        self.assertEqual(course.swimmers(), ["Ida"])
        self.assertEqual(course.waiting(), ["Tom"])


class Cancelling(unittest.TestCase):
    def test_the_one_who_waited_longest_moves_up(self):
        course = course_with(1, "Ida", "Tom", "Mo", "Ben")
        self.assertEqual(course.cancel("Ida"), "Tom")
        self.assertEqual(course.swimmers(), ["Tom"])
        self.assertEqual(course.waiting(), ["Mo", "Ben"])

    def test_nobody_moves_up_where_nobody_waits(self):
        course = course_with(2, "Ida", "Tom")
        self.assertIsNone(course.cancel("Ida"))
        self.assertEqual(course.swimmers(), ["Tom"])
        self.assertEqual(course.sign_up("Mo"), "place")

    def test_nobody_moves_up_when_a_waiting_name_leaves(self):
        course = course_with(1, "Ida", "Tom", "Mo")
        self.assertIsNone(course.cancel("Tom"))
        self.assertEqual(course.swimmers(), ["Ida"])
        self.assertEqual(course.waiting(), ["Mo"])

    def test_unknown_names_are_refused(self):
        course = course_with(1, "Ida")
        with self.assertRaises(KeyError):
            course.cancel("Tom")


class Positions(unittest.TestCase):
    def test_zero_with_a_place_and_from_one_while_waiting(self):
        course = course_with(1, "Ida", "Tom", "Mo")
        self.assertEqual([course.position(name) for name in ("Ida", "Tom", "Mo")], [0, 1, 2])

    def test_unknown_names_are_refused(self):
        with self.assertRaises(KeyError):
            SwimCourse(1).position("Ida")


if __name__ == "__main__":
    unittest.main()
