// The clock, and moving it forward.

import { byId, say, send } from './page.js';

const dialog = byId('clock-dialog');

// fetchState asks what time it is, and what comes next.
async function fetchState() {
  try {
    const answer = await fetch('/clock');
    if (answer.ok) tell(await answer.json());
  } catch { /* the next minute asks again */ }
}

function tell(state) {
  for (const id of ['now', 'clock-now']) {
    byId(id).textContent = state.text;
    byId(id).dateTime = new Date(state.now).toISOString();
  }
  byId('clock-zone').textContent = state.zone;
  byId('clock-next').textContent = state.next || say('nothing-due');
  byId('clock-to').min = state.local;
  if (!byId('clock-to').value || byId('clock-to').value < state.local) byId('clock-to').value = state.local;
  clearTimeout(tell.again);
  tell.again = setTimeout(fetchState, 60000 - (state.now % 60000) + 200);
}

async function move(by) {
  const buttons = dialog.querySelectorAll('[data-move]');
  byId('clock-trouble').textContent = '';
  byId('clock-done').textContent = say('clock-moving');
  for (const one of buttons) one.disabled = true;
  const { error, value } = await send('/clock', { by, to: byId('clock-to').value });
  for (const one of buttons) one.disabled = false;
  byId('clock-trouble').textContent = error || '';
  byId('clock-done').textContent = error ? '' : value.message;
  if (value) tell(value);
  dialog.querySelector(`[data-move="${by}"]`).focus();
}

export const moved = () => fetchState();

export function begin() {
  byId('clock').addEventListener('click', () => {
    byId('clock-trouble').textContent = byId('clock-done').textContent = '';
    fetchState();
    dialog.showModal();
    dialog.querySelector('[data-move="next"]').focus();
  });
  dialog.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]');
    if (button) move(button.dataset.move);
  });
  byId('clock-to').addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      move('to');
    }
  });
  fetchState();
}
