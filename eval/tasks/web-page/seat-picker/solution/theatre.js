'use strict';

const KEY = 'theatre-sold';
const MOST = 5;
const sold = new Set(['A3', 'A4', 'C2', ...JSON.parse(localStorage.getItem(KEY) ?? '[]')]);
const chosen = new Set();
const buttons = new Map();
const element = (id) => document.getElementById(id);

function sorted() {
  return [...chosen].sort();
}

function price() {
  const sum = sorted().reduce((total, seat) => total + (seat < 'C' ? 24 : 16), 0);
  return chosen.size >= 4 ? Math.floor((sum * 9) / 10) : sum;
}

function show(message) {
  for (const [seat, button] of buttons) {
    button.disabled = sold.has(seat);
    if (sold.has(seat)) button.removeAttribute('aria-pressed');
    else button.setAttribute('aria-pressed', String(chosen.has(seat)));
  }
  element('summary').textContent = chosen.size === 0 ? 'No seats chosen.' : `${sorted().join(', ')}: ${price()} euros`;
  element('message').textContent = message;
  element('book').disabled = chosen.size === 0;
}

function toggle(seat) {
  if (chosen.delete(seat)) return show('');
  if (chosen.size >= MOST) return show(`At most ${MOST} seats.`);
  chosen.add(seat);
  return show('');
}

for (const row of 'ABCD') {
  for (let number = 1; number <= 6; number += 1) {
    const seat = `${row}${number}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = seat;
    button.dataset.seat = seat;
    button.addEventListener('click', () => toggle(seat));
    buttons.set(seat, button);
    element('seats').append(button);
  }
}

element('clear').addEventListener('click', () => {
  chosen.clear();
  show('');
});

element('book').addEventListener('click', () => {
  const booked = sorted();
  for (const seat of booked) sold.add(seat);
  chosen.clear();
  localStorage.setItem(KEY, JSON.stringify([...sold]));
  show(`Booked: ${booked.join(', ')}`);
});

show('');
