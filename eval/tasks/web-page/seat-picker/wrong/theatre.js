const sold = ['A3', 'A4', 'C2'];
let chosen = [];
const seats = document.getElementById('seats');
const summary = document.getElementById('summary');
const message = document.getElementById('message');

function price() {
  let total = 0;
  chosen.forEach((seat) => {
    total += seat.startsWith('A') || seat.startsWith('B') ? 24 : 16;
  });
  if (chosen.length > 4) {
    total = total * 0.9;
  }
  return total;
}

function update() {
  if (chosen.length === 0) {
    summary.textContent = 'No seats chosen.';
  } else {
    summary.textContent = `${chosen.join(', ')}: ${price()} euros`;
  }
}

['A', 'B', 'C', 'D'].forEach((row) => {
  for (let i = 1; i <= 6; i++) {
    const seat = row + i;
    const button = document.createElement('button');
    button.textContent = seat;
    button.setAttribute('data-seat', seat);
    button.setAttribute('aria-pressed', 'false');
    if (sold.includes(seat)) {
      button.disabled = true;
    }
    button.addEventListener('click', () => {
      if (chosen.includes(seat)) {
        chosen = chosen.filter((s) => s !== seat);
        button.setAttribute('aria-pressed', 'false');
      } else if (chosen.length >= 5) {
        message.textContent = 'At most 5 seats.';
      } else {
        chosen.push(seat);
        button.setAttribute('aria-pressed', 'true');
      }
      update();
    });
    seats.appendChild(button);
  }
});

document.getElementById('clear').addEventListener('click', () => {
  chosen = [];
  update();
});

document.getElementById('book').addEventListener('click', () => {
  message.textContent = `Booked: ${chosen.join(', ')}`;
  chosen = [];
  update();
});

update();
