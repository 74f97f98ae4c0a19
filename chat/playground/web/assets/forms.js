// The bot's forms, as dialogs. What was typed is kept: by the server once it
// has been sent, by this tab before.

import { act, announce, byId, elements, keep, kept, say } from './page.js';

const dialog = byId('form');
const draft = (id) => 'form ' + id;

function current() { return dialog.querySelector('form'); }

// show puts up the form that stands in the dialog.
function show(again) {
  const form = current();
  if (!form) return;
  const values = again ? {} : kept(draft(form.dataset.form), {});
  for (const field of fields(form)) {
    if (!(field.name in values)) continue;
    if (field.type === 'checkbox') field.checked = values[field.name] === 'yes';
    else field.value = values[field.name];
  }
  if (!dialog.open) dialog.showModal();
  const wrong = form.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus();
  else if (!again) (fields(form)[0] || byId('form-title')).focus();
  form.querySelector('.fields').scrollTop = 0;
  if (wrong) wrong.scrollIntoView({ block: 'center' });
}

const fields = (form) => [...form.querySelectorAll('input, textarea, select')];

function values(form) {
  const all = {};
  for (const field of fields(form)) all[field.name] = field.type === 'checkbox' ? (field.checked ? 'yes' : '') : field.value;
  return all;
}

// wrong says at a field what is wrong with it; nothing takes that away.
function wrong(field, text) {
  const box = field.closest('.field');
  box.classList.toggle('bad', text !== '');
  box.querySelector('.error').textContent = text;
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

// whole checks what every platform's dialog checks.
function whole(form) {
  let first = null;
  for (const field of fields(form)) {
    let text = '';
    const limit = Number(field.dataset.max || 0);
    if (field.required && field.value === '') text = say('required');
    else if (limit && [...field.value].length > limit) text = say('too-long', { Count: limit });
    if (text || field.value !== field.dataset.refused) wrong(field, text);
    if (text && !first) first = field;
  }
  first?.focus();
  return first === null;
}

dialog.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = current();
  if (form.getAttribute('aria-busy') === 'true' || !whole(form)) return;
  form.setAttribute('aria-busy', 'true');
  const button = form.querySelector('button[type="submit"]');
  button.disabled = true;
  const { error } = await act('fill', { values: values(form) });
  button.disabled = false;
  form.removeAttribute('aria-busy');
  form.querySelector('footer .trouble').textContent = error || '';
});

dialog.addEventListener('input', () => keep(draft(current().dataset.form), values(current())));

async function cancel() {
  const form = current();
  if (form) keep(draft(form.dataset.form), null);
  dialog.close();
  await act('cancel');
}

dialog.addEventListener('click', (event) => { if (event.target.closest('[data-cancel]')) cancel(); });
dialog.addEventListener('cancel', (event) => {
  event.preventDefault();
  cancel();
});

// shown takes in a form that has opened, or that is shown again.
export function shown(event) {
  const again = dialog.open && current()?.dataset.form === event.id;
  keep(draft(event.id), null);
  dialog.replaceChildren(elements(event.html));
  show(again);
  if (again) announce(dialog.querySelector('.wrong')?.textContent || '');
}

export function closed(event) {
  keep(draft(event.id), null);
  if (current()?.dataset.form === event.id && dialog.open) {
    dialog.close();
    dialog.replaceChildren();
    byId('write').focus();
  }
}

export function begin() { show(false); }
