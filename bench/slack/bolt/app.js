// The least that a bot made with Slack's own framework must do to keep what was
// submitted before it says that it has it: read and verify the request, write one
// row that survives a crash, acknowledge.
"use strict";

const { App } = require("@slack/bolt");
const Database = require("better-sqlite3");

const db = new Database(process.env.DATABASE);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("CREATE TABLE submission (id INTEGER PRIMARY KEY, view TEXT UNIQUE, user TEXT, form TEXT, figures TEXT)");
const keep = db.prepare("INSERT INTO submission (view, user, form, figures) VALUES (?, ?, ?, ?)");

const app = new App({
  token: "xoxb-bench",
  botId: "B0BENCH",
  botUserId: "U0BENCH",
  tokenVerificationEnabled: false,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  logLevel: "error",
});
app.error(async (error) => console.error("app:", error));

app.view(/.*/, async ({ ack, body, view }) => {
  const figures = {};
  for (const fields of Object.values(view.state.values)) {
    for (const [name, field] of Object.entries(fields)) figures[name] = field.value ?? field.selected_option?.value;
  }
  keep.run(view.id, body.user.id, view.callback_id, JSON.stringify(figures));
  await ack();
});

app.start({ port: 0, host: "127.0.0.1" }).then((server) => {
  console.log(`http://127.0.0.1:${server.address().port}/slack/events`);
  process.on("SIGTERM", () => process.exit(0));
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
});
