import re


def tokenize(formula):
    return re.findall(r'\d+\.?\d*|[A-Za-z_]\w*|[-+*/()%]', formula)


def work_out(formula, amounts):
    tokens = tokenize(formula)
    pos = 0

    def peek():
        return tokens[pos] if pos < len(tokens) else None

    def parse_expression():
        nonlocal pos
        value = parse_term()
        while peek() in ('+', '-'):
            op = tokens[pos]
            pos += 1
            right = parse_term()
            value = value + right if op == '+' else value - right
        return value

    def parse_term():
        nonlocal pos
        value = parse_factor()
        while peek() in ('*', '/'):
            op = tokens[pos]
            pos += 1
            right = parse_factor()
            if op == '*':
                value *= right
            else:
                if right == 0:
                    raise ValueError("division by zero")
                value /= right
        return value

    def parse_factor():
        nonlocal pos
        token = peek()
        if token is None:
            raise ValueError("unexpected end")
        pos += 1
        if token == '-':
            return -parse_factor()
        if token == '(':
            value = parse_expression()
            pos += 1
        elif token[0].isdigit():
            value = float(token)
        elif token[0].isalpha():
            if token not in amounts:
                raise ValueError(f"unknown name: {token}")
            value = amounts[token]
        else:
            raise ValueError(f"unexpected {token} at {pos}")
        if peek() == '%':
            pos += 1
            value = value / 100
        return value

    return float(parse_expression())
