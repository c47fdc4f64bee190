class SwimCourse:
    def __init__(self, places):
        if not places >= 1:
            raise ValueError("a course needs at least one place")
        self._places, self._swimmers, self._waiting = places, [], []

    def sign_up(self, name):
        if name in self._swimmers + self._waiting:
            raise ValueError(f"{name} has signed up already")
        full = len(self._swimmers) >= self._places
        (self._waiting if full else self._swimmers).append(name)
        return "waiting" if full else "place"

    def cancel(self, name):
        if self.position(name) > 0:
            self._waiting.remove(name)
            return None
        self._swimmers.remove(name)
        moving = self._waiting[:1]
        del self._waiting[:1]
        self._swimmers += moving
        return moving[0] if moving else None

    def position(self, name):
        if name not in self._swimmers + self._waiting:
            raise KeyError(name)
        return 0 if name in self._swimmers else 1 + self._waiting.index(name)

    def swimmers(self):
        return sorted(self._swimmers)

    def waiting(self):
        return self._waiting[:]
