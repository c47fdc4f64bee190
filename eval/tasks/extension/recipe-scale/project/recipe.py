"""Ingredients of a recipe, such as {"amount": 200, "unit": "g", "name": "flour"}."""


def parse(line):
    """Reads a line such as "200 g flour"."""
    amount, unit, name = line.split(maxsplit=2)
    return {"amount": float(amount), "unit": unit, "name": name.strip()}


def show(ingredient):
    """Writes an ingredient as a line, without needless zeros."""
    return f"{ingredient['amount']:g} {ingredient['unit']} {ingredient['name']}"


def names(ingredients):
    """The names of the ingredients, from A to Z."""
    return sorted(ingredient["name"] for ingredient in ingredients)
