"""A swimming course with a fixed number of places and a waiting list."""


class SwimCourse:
    def __init__(self, places):
        """A course without swimmers. Fewer than one place raises a ValueError."""
        if places < 1:
            raise ValueError("a course needs at least one place")
        self._places = places
        self._swimmers = []
        self._waiting = []

    def sign_up(self, name):
        """Gives a place, or else the last position in the waiting list.

        Returns "place" or "waiting". A name that has a place or waits already raises
        a ValueError, and nothing changes.
        """
        if name in self._swimmers or name in self._waiting:
            raise ValueError(f"{name} has signed up already")
        if len(self._swimmers) < self._places:
            self._swimmers.append(name)
            return "place"
        self._waiting.append(name)
        return "waiting"

    def cancel(self, name):
        """Takes a name off the course or off the waiting list.

        If a place becomes free, the one who has waited longest gets it, and that name
        is returned; otherwise None. A name that is unknown raises a KeyError.
        """
        if name in self._waiting:
            self._waiting.remove(name)
            return None
        if name not in self._swimmers:
            raise KeyError(name)
        self._swimmers.remove(name)
        if not self._waiting:
            return None
        next_one = self._waiting.pop(0)
        self._swimmers.append(next_one)
        return next_one

    def position(self, name):
        """0 for a name with a place, else the position in the waiting list from 1.

        A name that is unknown raises a KeyError.
        """
        if name in self._swimmers:
            return 0
        if name in self._waiting:
            return self._waiting.index(name) + 1
        raise KeyError(name)

    def swimmers(self):
        """The names with a place, in alphabetical order."""
        return sorted(self._swimmers)

    def waiting(self):
        """The names in the waiting list, the one who has waited longest first."""
        return list(self._waiting)
