import re

_PART = re.compile(r'\s*([0-9]+(?:\.[0-9]+)?|[A-Za-z][A-Za-z0-9_]*|\S)')


def work_out(formula, amounts):
    return _Reader(formula, amounts).whole()


class _Reader:
    def __init__(self, formula, amounts):
        self.parts = [(match.group(1), match.start(1) + 1) for match in _PART.finditer(formula)]
        self.amounts = amounts
        self.index = 0

    def whole(self):
        value = self.sum()
        if self.index < len(self.parts):
            raise self.unexpected()
        return float(value)

    def sum(self):
        value = self.product()
        while self.peek() in ('+', '-'):
            if self.take() == '+':
                value += self.product()
            else:
                value -= self.product()
        return value

    def product(self):
        value = self.factor()
        while self.peek() in ('*', '/'):
            if self.take() == '*':
                value *= self.factor()
                continue
            divisor = self.factor()
            if divisor == 0:
                raise ValueError('division by zero')
            value /= divisor
        return value

    def factor(self):
        negative = False
        while self.peek() == '-':
            self.take()
            negative = not negative
        value = self.value()
        while self.peek() == '%':
            self.take()
            value /= 100
        return -value if negative else value

    def value(self):
        part = self.peek()
        if part == '(':
            self.take()
            value = self.sum()
            if self.peek() != ')':
                raise self.unexpected()
            self.take()
            return value
        if part is not None and part[0] in '0123456789':
            return float(self.take())
        if part is not None and part[0].isascii() and part[0].isalpha():
            if part not in self.amounts:
                raise ValueError(f'unknown name: {part}')
            return float(self.amounts[self.take()])
        raise self.unexpected()

    def peek(self):
        return self.parts[self.index][0] if self.index < len(self.parts) else None

    def take(self):
        self.index += 1
        return self.parts[self.index - 1][0]

    def unexpected(self):
        if self.index == len(self.parts):
            return ValueError('unexpected end')
        part, position = self.parts[self.index]
        return ValueError(f'unexpected {part[0]} at {position}')
