from checking import Checks, call_node
from tables import Raises, check_calls

REFUSED = 'RangeError: count must be a positive whole number'
STAYS = """
const card = new StampCard(4);
card.addStamps(3);
for (const count of [0, -2, 1.5, "2", NaN]) {
  try { card.addStamps(count); return `took ${count}`; } catch {}
}
return [card.stamps, card.freeDrinks];
"""
CASES = [
    ('a new card is empty', 'const card = new StampCard(5); return [card.stamps, card.freeDrinks];', [0, 0]),
    ('stamps are added', 'const card = new StampCard(5); return [card.addStamps(3), card.stamps, card.addStamps(1), card.stamps];', [3, 3, 4, 4]),
    ('one stamp where no count is given', 'const card = new StampCard(5); return [card.addStamps(), card.addStamps()];', [1, 2]),
    ('a full card becomes a free drink', 'const card = new StampCard(3); return [card.addStamps(3), card.stamps, card.freeDrinks];', [0, 0, 1]),
    ('a card has ten stamps if no size is given', 'const card = new StampCard(); return [card.addStamps(9), card.freeDrinks, card.addStamps(), card.freeDrinks];', [9, 0, 0, 1]),
    ('stamps carry over', 'const card = new StampCard(5); card.addStamps(3); return [card.addStamps(4), card.freeDrinks];', [2, 1]),
    ('several cards at once', 'const card = new StampCard(4); return [card.addStamps(15), card.stamps, card.freeDrinks];', [3, 3, 3]),
    ('free drinks are used up', 'const card = new StampCard(2); card.addStamps(4); return [card.redeem(), card.freeDrinks, card.redeem(), card.freeDrinks];', [1, 1, 0, 0]),
    ('no free drink yet', 'const card = new StampCard(2); card.addStamps(1); card.redeem();', Raises('Error: no free drink yet')),
    ('no stamps are refused', 'new StampCard(5).addStamps(0)', Raises(REFUSED)),
    ('half a stamp is refused', 'new StampCard(5).addStamps(1.5)', Raises(REFUSED)),
    ('what is refused changes nothing', STAYS, [3, 0]),
]

with Checks(total=len(CASES)) as checks:
    check_calls(checks, call_node, 'stamp-card.js', CASES)
