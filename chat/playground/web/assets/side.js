// The list of channels and people.

import { act, address, byId, fragment, page } from './page.js';

const menu = byId('menu');

function toggle(open) {
  document.body.classList.toggle('menu-open', open);
  menu.setAttribute('aria-expanded', open);
  if (open) byId('side').querySelector('a').focus();
}

// refresh draws the list anew: somebody or something has come. Whoever is in it
// with the keyboard stays where they are.
export async function refresh() {
  try {
    const list = byId('side-list');
    const drawn = await fragment(address('side', page.channelName));
    const held = list.contains(document.activeElement) ? document.activeElement : null;
    const place = [...list.querySelectorAll('a, button')].indexOf(held);
    list.replaceChildren(drawn);
    if (!held) return;
    const all = [...list.querySelectorAll('a, button')];
    const same = all.find((one) => (held.id && one.id === held.id) || held.getAttribute('href') && one.getAttribute('href') === held.getAttribute('href'));
    (same || all[Math.min(place, all.length - 1)] || menu).focus();
  } catch { /* it is drawn anew with the page */ }
}

async function seat(button) {
  button.disabled = true;
  const { error } = await act('seat', { connection: button.dataset.seat, text: button.dataset.name });
  button.disabled = false;
  if (error) {
    byId('status').textContent = error;
    byId('status').hidden = false;
  }
}

// showCurrent scrolls to who one is. Not by scrollIntoView: in some browsers the
// keyboard would begin there too, past the link that skips the list.
function showCurrent() {
  const side = byId('side');
  const current = side.querySelector('.people [aria-current]');
  if (!current) return;
  const past = current.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom;
  if (past > 0) side.scrollTop += past;
}

export function begin() {
  showCurrent();
  menu.addEventListener('click', () => toggle(!document.body.classList.contains('menu-open')));
  byId('main').addEventListener('click', (event) => { if (!event.target.closest('#menu')) toggle(false); });
  byId('side').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      toggle(false);
      menu.focus();
    }
  });
  byId('side').addEventListener('click', (event) => {
    const button = event.target.closest('[data-seat]');
    if (button) seat(button);
    if (event.target.closest('#newcomer-open')) {
      byId('newcomer-name').value = '';
      byId('newcomer').querySelector('.trouble').textContent = '';
      byId('newcomer').showModal();
      byId('newcomer-name').focus();
    }
  });
  byId('newcomer').querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const { error } = await act('join', { name: byId('newcomer-name').value });
    byId('newcomer').querySelector('.trouble').textContent = error || '';
    if (!error) byId('newcomer').close();
  });
}
