// Messages: where they go when they come, what is unread, and what can be done
// with one.

import { act, address, announce, byId, elements, fragment, page, say } from './page.js';

const list = byId('posts');
const scroll = byId('scroll');
const threadList = byId('thread-posts');
const threadScroll = byId('thread-scroll');
const below = byId('below');
const aside = byId('thread');

const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;
// showFrom goes on towards the end of a list, never back, and never past the beginning of
// a message: what is longer than the window is read from its first line.
const showFrom = (box, message) => {
  const end = box.scrollHeight - box.clientHeight;
  box.scrollTop = Math.max(box.scrollTop, Math.min(end, message ? message.offsetTop - 8 : end));
};
// following: the end of the list is looked at, and is kept in sight.
let following = true;

// Messages that come one upon the other, as a round's results do, belong together, and
// are shown from the first of them.
const together = 3000; // milliseconds
const begins = new Map(); // by list: the first of those that came together, and when one last did

function cameTogether(into, message) {
  const now = Date.now();
  const at = begins.get(into);
  if (at?.first.isConnected && now - at.last < together) at.last = now;
  else begins.set(into, { first: message, last: now });
}

const follow = (box, into) => {
  const first = begins.get(into)?.first;
  showFrom(box, first?.isConnected ? first : into.lastElementChild);
};
const looking = () => document.visibilityState === 'visible';

// firstNew is the element of the first message that its person had not seen when
// they came, or came back; a line stands above it.
let firstNew = document.body.dataset.firstNew;
let drawn = false; // since they last looked away
document.addEventListener('visibilitychange', () => { if (!looking()) drawn = false; });

// mark shows what depends on who looks: own messages, own reactions.
function mark(root) {
  for (const post of root.querySelectorAll('.post')) {
    post.classList.toggle('mine', post.dataset.by === page.me);
    post.classList.toggle('first-new', post.id === firstNew);
    if (post.id === firstNew) post.dataset.new = list.dataset.new;
  }
  for (const one of root.querySelectorAll('[data-reacted-by]')) {
    const mine = one.dataset.reactedBy.split('\n').includes(page.me);
    one.classList.toggle('mine', mine);
    one.setAttribute('aria-pressed', mine);
  }
}

// put replaces a message or puts it where it belongs by its number.
function put(into, element, seq) {
  const old = into.querySelector(`[id="${CSS.escape(element.id)}"]`);
  if (old) {
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset : null;
    const open = old.querySelector('details')?.open;
    old.replaceWith(element);
    if (open) element.querySelector('details').open = true;
    if (focused) refocus(element, focused);
    return;
  }
  let after = into.lastElementChild;
  while (after && after !== into.firstElementChild?.closest('[id^="root-"]') && Number(after.dataset.seq) > seq) after = after.previousElementSibling;
  if (after) after.after(element);
  else into.prepend(element);
}

// refocus keeps the keyboard where it was in a message that was redrawn.
function refocus(element, was) {
  for (const key of ['press', 'react', 'more', 'thread', 'edit', 'threadOf', 'zoom']) {
    if (key in was) {
      const name = key.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase());
      const again = [...element.querySelectorAll(`[data-${name}]`)].find((e) => e.dataset[key] === was[key]);
      again?.focus();
      return;
    }
  }
}

const first = (html) => elements(html).firstElementChild;

// came takes in a message, new or changed.
export function came(event) {
  const here = event.channel === page.channel;
  if (here && !event.root) {
    const end = atEnd(scroll);
    const before = list.querySelector(`[id="${CSS.escape(event.id)}"]`);
    if (!before && !looking() && !drawn && event.by !== page.me) {
      firstNew = event.id;
      drawn = true;
    }
    put(list, first(event.html), event.seq);
    const there = list.querySelector(`[id="${CSS.escape(event.id)}"]`);
    mark(there.parentElement);
    if (!before) cameTogether(list, there);
    if (end || event.by === page.me) follow(scroll, list);
    if (!before && !atEnd(scroll)) below.hidden = false;
    redrawRoot(event);
  }
  if (here && opening && (event.id === opening || event.root === opening)) meanwhile.push(event);
  if (here && event.root && event.root === shownRoot()) {
    const end = atEnd(threadScroll);
    const element = first(event.html);
    const known = threadList.querySelector(`[id="${CSS.escape(element.id)}"]`);
    put(threadList, element, event.seq);
    mark(threadList);
    if (!known) cameTogether(threadList, element);
    if (end || event.by === page.me) follow(threadScroll, threadList);
  }
  if (here) {
    announce(event.text);
    if (event.text && event.root && event.root !== shownRoot() && event.by !== page.me) news(event.root, true);
    read();
  } else if (event.text && event.by !== page.me) {
    count(event.channel, null);
  }
  if (event.person && event.person === page.me && !here) count(null, null);
}

function redrawRoot(event) {
  if (shownRoot() !== event.id) return;
  const again = first(event.html);
  again.id = 'root-' + again.id;
  threadList.firstElementChild?.replaceWith(again);
  mark(threadList);
}

// marked counts what came where this person does not look.
export function marked(event) {
  if (event.person) count(null, event.person);
  else if (!event.root) count(event.channel, null);
}

function count(channel, person) {
  const key = channel ? `[data-key="${CSS.escape(channel)}"]` : `[data-person="${CSS.escape(person || '')}"]`;
  const badge = document.querySelector(`#side ${key} .unread`);
  if (badge) setCount(badge, Number(badge.dataset.count) + 1);
}

function setCount(badge, n) {
  badge.dataset.count = n;
  badge.hidden = n === 0;
  badge.firstElementChild.textContent = n;
  badge.lastElementChild.textContent = say('unread-said', { Count: n });
}

export function foot(event) {
  const old = byId('foot-' + event.id);
  if (!old) return;
  const hot = old.classList.contains('news');
  const focus = old.contains(document.activeElement);
  const fresh = first(event.html);
  old.replaceWith(fresh);
  fresh.classList.toggle('news', hot);
  if (focus) fresh.querySelector('button')?.focus();
}

function news(root, there) {
  byId('foot-' + root)?.classList.toggle('news', there);
}

// read tells the server what has been seen, a moment later and all at once.
let reading = 0;
function read() {
  clearTimeout(reading);
  reading = setTimeout(tellRead, 400);
}

function tellRead() {
  clearTimeout(reading);
  reading = 0;
  if (!looking()) return;
  act('read');
  const root = threadList.dataset.root;
  if (root && !aside.hidden) act('read', { message: root });
  for (const badge of document.querySelectorAll(`#side [data-key="${CSS.escape(page.channel)}"] .unread`)) setCount(badge, 0);
  if (page.channel.includes('/@')) {
    for (const badge of document.querySelectorAll(`#side [data-person="${CSS.escape(page.me)}"] .unread`)) setCount(badge, 0);
  }
}

window.addEventListener('pagehide', () => { if (reading) tellRead(); });

// Threads

// opening is the root of the thread that is being fetched, meanwhile what has come
// of it since: the answer may not have that yet.
let opening = '';
let meanwhile = [];

const shownRoot = () => (aside.hidden ? '' : 'p-' + threadList.dataset.root);

export async function openThread(message, push = true) {
  const at = address('thread', page.channelName, message);
  opening = 'p-' + message;
  meanwhile = [];
  let there;
  try {
    there = await fragment(at);
  } catch {
    if (opening === 'p-' + message) opening = '';
    return;
  }
  if (opening !== 'p-' + message) return; // another one was opened since
  threadList.replaceChildren(there);
  threadList.dataset.root = message;
  aside.hidden = false;
  threadScroll.scrollTop = 0;
  opening = '';
  for (const event of meanwhile) {
    if (event.root) put(threadList, first(event.html), event.seq);
    else redrawRoot(event);
  }
  mark(threadList);
  showFrom(threadScroll, threadList.lastElementChild);
  news('p-' + message, false);
  if (push) history.pushState({ thread: message }, '', '?thread=' + encodeURIComponent(message) + (document.body.classList.contains('framed') ? '&framed' : ''));
  byId('write-thread').focus();
}

export function closeThread(push = true) {
  if (aside.hidden) return;
  const root = threadList.dataset.root;
  aside.hidden = true;
  threadList.dataset.root = '';
  threadList.replaceChildren();
  if (push) history.pushState({}, '', location.pathname + (document.body.classList.contains('framed') ? '?framed' : ''));
  const back = document.querySelector(`[id="p-${CSS.escape(root)}"] [data-thread-of]`) || byId('write');
  back.focus();
}

window.addEventListener('popstate', (event) => {
  const wanted = event.state?.thread || new URLSearchParams(location.search).get('thread');
  if (wanted) openThread(wanted, false);
  else closeThread(false);
});

// What is pressed

const message = (element) => element.closest('.post').dataset.message;

async function press(button) {
  button.disabled = true;
  const { error } = await act('press', { message: message(button), button: Number(button.dataset.press), label: button.dataset.label });
  button.disabled = false;
  if (error) trouble(button, error);
}

// trouble says at a message what went wrong there.
function trouble(near, text) {
  const box = near.closest('.post').querySelector('.said');
  box.querySelector(':scope > .trouble')?.remove();
  const line = document.createElement('p');
  line.className = 'trouble';
  line.setAttribute('role', 'alert');
  line.textContent = text;
  box.append(line);
}

async function react(button, emoji, undo) {
  const { error } = await act(undo ? 'unreact' : 'react', { message: message(button), emoji });
  if (error) trouble(button, error);
}

const emojiBox = byId('emoji');
let emojiFor = null;

function offerEmoji(button) {
  emojiFor = button;
  const at = button.getBoundingClientRect();
  emojiBox.hidden = false;
  emojiBox.style.left = Math.max(4, Math.min(at.left, innerWidth - emojiBox.offsetWidth - 4)) + 'px';
  emojiBox.style.top = Math.max(4, at.top - emojiBox.offsetHeight - 4) + 'px';
  button.setAttribute('aria-expanded', 'true');
  emojiBox.firstElementChild.focus();
}

function hideEmoji(focus) {
  if (emojiBox.hidden) return;
  emojiBox.hidden = true;
  emojiFor?.setAttribute('aria-expanded', 'false');
  if (focus) emojiFor?.focus();
}

emojiBox.addEventListener('keydown', (event) => {
  const all = [...emojiBox.children];
  const at = all.indexOf(document.activeElement);
  if (event.key === 'ArrowRight') all[(at + 1) % all.length].focus();
  else if (event.key === 'ArrowLeft') all[(at + all.length - 1) % all.length].focus();
  else if (event.key === 'Escape') hideEmoji(true);
});

function edit(post) {
  const dialog = byId('edit');
  const text = byId('edit-text');
  text.value = [...post.querySelectorAll('.said p')].map((p) => p.textContent).join('\n');
  dialog.dataset.message = post.dataset.message;
  dialog.querySelector('.trouble').textContent = '';
  dialog.showModal();
  text.focus();
}

byId('edit').querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const dialog = byId('edit');
  const { error } = await act('edit', { message: dialog.dataset.message, text: byId('edit-text').value });
  dialog.querySelector('.trouble').textContent = error || '';
  if (!error) dialog.close();
});

function remove(post) {
  const dialog = byId('sure');
  dialog.returnValue = 'no';
  dialog.addEventListener('close', async () => {
    if (dialog.returnValue !== 'yes') return;
    const { error } = await act('delete', { message: post.dataset.message });
    if (error) trouble(post, error);
  }, { once: true });
  dialog.showModal();
}

function zoom(button) {
  const picture = button.querySelector('img');
  byId('zoom-img').src = picture.src;
  byId('zoom-img').alt = picture.alt;
  byId('zoom-alt').textContent = picture.alt;
  byId('zoom').showModal();
}

document.addEventListener('click', (event) => {
  const on = (selector) => event.target.closest(selector);
  const chosen = on('[data-emoji]');
  if (chosen) {
    react(emojiFor, chosen.dataset.emoji, false);
    hideEmoji(true);
    return;
  }
  hideEmoji(false);
  let hit;
  if ((hit = on('[data-press]'))) press(hit);
  else if ((hit = on('[data-react]'))) react(hit, hit.dataset.react, hit.classList.contains('mine'));
  else if ((hit = on('[data-more]'))) offerEmoji(hit);
  else if ((hit = on('[data-thread-of]'))) openThread(hit.dataset.threadOf.slice(2));
  else if ((hit = on('[data-thread]'))) openThread(hit.dataset.thread);
  else if ((hit = on('[data-edit]'))) edit(hit.closest('.post'));
  else if ((hit = on('[data-delete]'))) remove(hit.closest('.post'));
  else if ((hit = on('[data-zoom]'))) zoom(hit);
  else if ((hit = on('[data-close]'))) hit.closest('dialog').close();
});

byId('thread-close').addEventListener('click', () => closeThread());
aside.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) closeThread();
});
below.addEventListener('click', () => { scroll.scrollTop = scroll.scrollHeight; });
scroll.addEventListener('scroll', () => {
  following = atEnd(scroll);
  if (following) below.hidden = true;
});
document.addEventListener('visibilitychange', () => { if (looking()) read(); });

// begin shows the page as its person sees it.
export function begin() {
  mark(document);
  const line = list.querySelector('.first-new'); // what comes now belongs with what came just before
  if (line) cameTogether(list, line);
  follow(scroll, list);
  follow(threadScroll, threadList);
  for (const root of document.body.dataset.unread.split(' ')) if (root) news(root, true);
  // Pictures keep their place while they load; what else makes the list longer moves
  // nobody who reads further up.
  list.addEventListener('load', () => { if (following) follow(scroll, list); }, true);
}
