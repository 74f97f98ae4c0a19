// What every module needs: the page's own data, its words, and a way to ask the
// server for things.

const data = document.body.dataset;
const words = JSON.parse(data.words);

export const page = {
  me: data.me,
  channel: data.channel,
  channelName: data.channelName,
  trigger: data.trigger,
  threadsTrigger: data.threadsTrigger === 'true',
  limit: Number(data.limit),
  epoch: data.epoch,
  seq: Number(data.seq),
  verbs: JSON.parse(data.verbs),
};

const [connection, ...user] = page.me.split('/');
const who = encodeURIComponent(connection) + '/' + encodeURIComponent(user.join('/'));

// address is where something of this person's is asked for.
export const address = (kind, ...rest) => ['', kind, who, ...rest.map(encodeURIComponent)].join('/');

export const byId = (id) => document.getElementById(id);

// say is a message of the page's own, with its places filled.
export function say(id, values = {}) {
  return words[id].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// The one way in which text becomes elements: the server has escaped it.
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy('roundtable', { createHTML: (html) => html })
  : { createHTML: (html) => html };

export function elements(html) {
  const box = document.createElement('template');
  box.innerHTML = policy.createHTML(html);
  return box.content;
}

// send posts something as JSON, and returns why it failed, in words; nothing
// when it did not.
export async function send(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Roundtable': data.csrf },
      body: JSON.stringify(body),
      keepalive: path.endsWith('/read'), // also when the page is being left
    });
    if (answer.ok) return { value: answer.status === 204 ? null : await answer.json() };
    if (answer.status === 403) { // another server by now, or no cookie any more
      location.reload();
    }
    const kind = answer.headers.get('Content-Type') || '';
    return { error: kind.includes('json') ? (await answer.json()).error : say('failed') };
  } catch {
    return { error: say('offline') };
  }
}

// act does something as this person in this channel.
export const act = (verb, body = {}) =>
  send(address('do', verb), { channel: page.channelName, ...body });

export async function fragment(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(String(answer.status));
  return elements(await answer.text());
}

// announce tells those who listen instead of looking.
export function announce(text) {
  if (!text) return;
  const line = document.createElement('p');
  line.textContent = text;
  const box = byId('announce');
  box.append(line);
  while (box.childElementCount > 20) box.firstElementChild.remove();
}

// keep and kept hold small things for this tab.
export function keep(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch { /* a browser that keeps nothing loses nothing that matters */ }
}

export function kept(key, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
