// The boxes to write in: Enter sends, a slash offers the commands, the arrow up
// brings back what was typed before.

import { act, byId, keep, kept, page, say } from './page.js';

const historyKey = 'typed ' + page.me;

function grow(box) {
  box.style.height = 'auto';
  if (box.scrollHeight > 0) box.style.height = Math.min(box.scrollHeight, 192) + 'px';
}

// offered are the commands that what is typed may become.
function offered(text, commands) {
  if (!commands || !text.startsWith('/') || text.includes('\n')) return [];
  const full = page.trigger + ' ';
  if (full.startsWith(text.toLowerCase()) && text.length < full.length) text = full;
  if (!text.toLowerCase().startsWith(full)) return [];
  const rest = text.slice(full.length).toLowerCase();
  if (/\s/.test(rest)) return [];
  return page.verbs.filter((verb) => verb.Name.startsWith(rest) && verb.Name !== rest);
}

export function begin(id) {
  const box = byId(id);
  const form = byId(id + '-form');
  const list = byId(id + '-list');
  const trouble = byId(id + '-trouble');
  const inThread = form.dataset.root === 'yes';
  const draftKey = () => `draft ${page.me} ${page.channel} ${inThread ? byId('thread-posts').dataset.root : ''}`;
  let chosen = -1;
  let back = -1; // how far back in what was typed before
  let unsent = '';

  box.value = kept(draftKey(), '');
  grow(box);

  function hide() {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    box.removeAttribute('aria-activedescendant');
  }

  function offer() {
    const verbs = offered(box.value, !inThread || page.threadsTrigger);
    if (verbs.length === 0) {
      hide();
      return;
    }
    list.replaceChildren(...verbs.map((verb, k) => {
      const line = document.createElement('li');
      const name = document.createElement('b');
      const about = document.createElement('span');
      name.textContent = verb.Name;
      about.textContent = verb.Line;
      line.append(name, about);
      line.id = `${id}-verb-${k}`;
      line.dataset.verb = verb.Name;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', 'false');
      return line;
    }));
    list.hidden = false;
    choose(0);
  }

  function choose(k) {
    const lines = [...list.children];
    chosen = (k + lines.length) % lines.length;
    lines.forEach((line, n) => line.setAttribute('aria-selected', n === chosen));
    lines[chosen].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', lines[chosen].id);
  }

  function take(verb) {
    box.value = `${page.trigger} ${verb} `;
    keep(draftKey(), box.value);
    hide();
    grow(box);
    box.focus();
  }

  // before brings back what was typed before.
  function before(step) {
    const all = kept(historyKey, []);
    if (back < 0 && step > 0) unsent = box.value;
    back = Math.max(-1, Math.min(all.length - 1, back + step));
    box.value = back < 0 ? unsent : all[back];
    grow(box);
    hide();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  async function submit() {
    const text = box.value;
    if (!text.trim() || form.getAttribute('aria-busy') === 'true') return;
    const length = [...text].length;
    if (length > page.limit) {
      trouble.textContent = say('too-long', { Count: page.limit });
      return;
    }
    form.setAttribute('aria-busy', 'true');
    box.value = '';
    hide();
    grow(box);
    trouble.textContent = '';
    const { error } = await act('type', { text, message: inThread ? byId('thread-posts').dataset.root : '' });
    form.removeAttribute('aria-busy');
    if (error) { // nothing that was typed is lost
      trouble.textContent = error;
      if (!box.value) box.value = text;
      grow(box);
      return;
    }
    keep(draftKey(), null);
    keep(historyKey, [text, ...kept(historyKey, []).filter((one) => one !== text)].slice(0, 50));
    back = -1;
  }

  box.addEventListener('input', () => {
    back = -1;
    trouble.textContent = '';
    keep(draftKey(), box.value || null);
    grow(box);
    offer();
  });

  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    const oneLine = !box.value.includes('\n');
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      hide();
    } else if (event.key === 'ArrowDown' && open) {
      event.preventDefault();
      choose(chosen + 1);
    } else if (event.key === 'ArrowUp' && open) {
      event.preventDefault();
      choose(chosen - 1);
    } else if ((event.key === 'Tab' && !event.shiftKey || event.key === 'Enter') && open && box.value.trim() !== page.trigger) {
      event.preventDefault();
      take(list.children[chosen].dataset.verb);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && oneLine && (box.value === '' || back >= 0)) {
      event.preventDefault();
      before(1);
    } else if (event.key === 'ArrowDown' && back >= 0) {
      event.preventDefault();
      before(-1);
    }
  });

  box.addEventListener('blur', () => setTimeout(hide, 150));
  list.addEventListener('mousedown', (event) => {
    const line = event.target.closest('[data-verb]');
    if (line) {
      event.preventDefault();
      take(line.dataset.verb);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
}
