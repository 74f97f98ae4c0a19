// A small app made with Slack's own framework. It does a little of everything that
// a bot does, against the Slack of SLACK_API_URL: honest_test.go is the people.
// It says where it listens on its standard output, one line of JSON, and ends when
// its standard input does. Whatever goes wrong it says on standard error.
"use strict";

const { App } = require("@slack/bolt");

const http = process.env.RECEIVER === "http";
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  ...(http
    ? { signingSecret: process.env.SLACK_SIGNING_SECRET }
    : { socketMode: true, appToken: process.env.SLACK_APP_TOKEN }),
  clientOptions,
  logLevel: "warn",
});
app.error(async (error) => console.error("app:", error));

const plain = (text) => ({ type: "plain_text", text });
const section = (text) => ({ type: "section", text: { type: "mrkdwn", text } });

const modal = (channel) => ({
  type: "modal",
  callback_id: "figure",
  private_metadata: channel,
  title: plain("A figure"),
  submit: plain("Send"),
  close: plain("Cancel"),
  blocks: [
    section("One figure, please."),
    {
      type: "input",
      block_id: "falls",
      label: plain("Falls"),
      hint: plain("How many there were"),
      element: { type: "plain_text_input", action_id: "falls", placeholder: plain("12") },
    },
    {
      type: "input",
      block_id: "unit",
      label: plain("Unit"),
      element: {
        type: "static_select",
        action_id: "unit",
        initial_option: { text: plain("Ward"), value: "ward" },
        options: [
          { text: plain("Ward"), value: "ward" },
          { text: plain("Clinic"), value: "clinic" },
        ],
      },
    },
  ],
});

const second = (view, falls) => ({
  type: "modal",
  callback_id: "note",
  private_metadata: JSON.stringify({ channel: view.private_metadata, falls }),
  title: plain("A note"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input",
      block_id: "note",
      optional: true,
      label: plain("Note"),
      element: { type: "plain_text_input", action_id: "note", multiline: true },
    },
  ],
});

app.command("/round", async ({ command, ack, client, respond }) => {
  switch (command.text) {
    case "":
      return ack({ response_type: "ephemeral", text: "Here is where you are." });
    case "later":
      await ack();
      return respond({ response_type: "ephemeral", text: "An answer that took its time." });
    default:
      await ack();
      return client.views.open({ trigger_id: command.trigger_id, view: modal(command.channel_id) });
  }
});

// The first page is refused at its field, or goes on to the second.
app.view("figure", async ({ ack, view }) => {
  const falls = view.state.values.falls.falls.value;
  if (!/^[0-9]+$/.test(falls)) {
    return ack({ response_action: "errors", errors: { falls: `${falls} is no number.` } });
  }
  return ack({ response_action: "update", view: second(view, falls) });
});

app.view("note", async ({ ack, view, body, client }) => {
  await ack();
  const { channel, falls } = JSON.parse(view.private_metadata);
  await client.chat.postEphemeral({ channel, user: body.user.id, text: `Thank you: ${falls} falls.` });
  await client.chat.postMessage({
    channel,
    text: "1 of 2 have answered",
    blocks: [
      section(`1 of 2 have answered. Note: ${view.state.values.note.note.value ?? "none"}`),
      {
        type: "actions",
        block_id: "row",
        elements: [{ type: "button", action_id: "agree", text: plain("Agree"), value: falls, style: "primary" }],
      },
    ],
    metadata: { event_type: "progress", event_payload: { key: "progress/1" } },
  });
});

// A press edits the post that it is on, and answers the one who pressed.
app.action({ type: "block_actions", action_id: "agree" }, async ({ ack, body, action, client, respond }) => {
  await ack();
  await client.chat.update({
    channel: body.channel.id,
    ts: body.message.ts,
    text: `Agreed on ${action.value}`,
    blocks: [section(`Agreed on ${action.value}`)],
  });
  await respond({ response_type: "ephemeral", replace_original: false, text: `You agreed on ${action.value}.` });
});

app.event("app_mention", async ({ event, say }) => {
  await say({ text: `I was called: ${event.text.replace(/<@[A-Z0-9]+>\s*/, "")}`, thread_ts: event.thread_ts ?? event.ts });
});

app.message("ping", async ({ message, say }) => {
  await say({ text: "pong", thread_ts: message.thread_ts ?? message.ts });
});

app.event("reaction_added", async ({ event, client }) => {
  await client.chat.postMessage({ channel: event.item.channel, thread_ts: event.item.ts, text: `Kept with ${event.reaction}` });
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [section("Your own page")] } });
});

(async () => {
  const started = await app.start(0);
  console.log(JSON.stringify({ port: http ? started.address().port : 0 }));
  // Stopping the server would wait for connections that a client keeps.
  process.stdin.on("end", () => (http ? Promise.resolve() : app.stop()).then(() => process.exit(0)));
  process.stdin.resume();
})();
