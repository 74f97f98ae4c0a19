// The page: it is drawn by the server, and kept up to date by what the server
// tells.

import { address, announce, byId, page, say } from './page.js';
import * as clock from './clock.js';
import * as forms from './forms.js';
import * as posts from './posts.js';
import * as side from './side.js';
import * as write from './write.js';

const status = byId('status');
let after = page.seq;
let source = null;
let again = 0;
let lost = false;
let stopped = false; // until somebody comes back to the page

const kinds = {
  post: posts.came,
  mark: posts.marked,
  foot: posts.foot,
  form: forms.shown,
  'form-closed': (event) => {
    forms.closed(event);
    side.refresh(); // a form may have made a network, or a facilitator
  },
  people: side.refresh,
  clock: clock.moved,
  'too-many': () => { // elsewhere there are so many pages that this one has to stop
    source?.close();
    source = null;
    stopped = true;
    status.textContent = say('too-many');
    status.hidden = false;
    announce(say('too-many'));
  },
  reload: () => location.assign('/'),
};

// connect follows what happens after the last number that was seen. A page
// that nobody looks at lets go of its connection: a browser has few of them.
function connect() {
  clearTimeout(again);
  source?.close();
  stopped = false;
  source = new EventSource(address('feed') + `?after=${after}&epoch=${encodeURIComponent(page.epoch)}`);
  source.onopen = () => {
    if (!lost) {
      status.hidden = true;
      return;
    }
    lost = false;
    status.textContent = say('online');
    announce(say('online'));
    for (const box of document.querySelectorAll('.write .trouble')) {
      if (box.textContent === say('offline')) box.textContent = '';
    }
    setTimeout(() => { status.hidden = !lost; }, 2500);
  };
  source.onmessage = (event) => {
    if (event.lastEventId) after = Number(event.lastEventId);
    take(JSON.parse(event.data));
  };
  source.onerror = () => {
    if (!lost) {
      lost = true;
      status.textContent = say('offline');
      status.hidden = false;
      announce(say('offline'));
    }
    source.close();
    again = setTimeout(connect, 1000);
  };
}

// While a button is held down nothing is redrawn: what is under the pointer must
// still be there when it is let go, or the press is lost.
let held = false;
const waiting = [];

function take(told) {
  if (held) waiting.push(told);
  else kinds[told.kind]?.(told);
}

function letGo() {
  held = false;
  setTimeout(() => { while (!held && waiting.length) take(waiting.shift()); }); // the click comes first
}
document.addEventListener('pointerdown', () => {
  held = true;
  if (stopped) connect();
});
document.addEventListener('keydown', () => { if (stopped) connect(); });
for (const kind of ['pointerup', 'pointercancel']) document.addEventListener(kind, letGo);
window.addEventListener('blur', letGo);

document.addEventListener('visibilitychange', () => {
  clearTimeout(again);
  if (document.visibilityState === 'visible') connect();
  else again = setTimeout(() => { source?.close(); source = null; }, 20000);
});
window.addEventListener('pagehide', () => source?.close());
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

posts.begin();
write.begin('write');
write.begin('write-thread');
clock.begin();
side.begin();
forms.begin();
connect();
document.documentElement.dataset.ready = 'yes';
