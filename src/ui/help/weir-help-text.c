/* weir-help-text.c: what the help says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "weir-ui"

#include "weir-help-text.h"

#include <glib/gi18n-lib.h>

static const WeirHelpBlock overview[] = {
  { NULL,
    N_ ("Is anything wrong? The first line says it for all accounts together. The tiles below count what there is; each of them leads to its page."),
    NULL },
  { N_ ("What needs a hand"), NULL, NULL },
  { N_ ("Needs Attention"),
    N_ ("Accounts that cannot be used, subscriptions with an error, connections that wait for their customer, pull runs that are overdue, and fields that changed their shape. A row leads to what it is about."),
    NULL },
  { N_ ("Credential Horizon"),
    N_ ("Which credentials end or are refreshed next: those of connections, and the tokens with which Weir itself signs in. Replace a token before its time is over: edit the account and give it a new one."),
    NULL },
  { N_ ("Accounts"), NULL, NULL },
  { NULL,
    N_ ("Each account has a card with its state, how fast it answers, what is left of its quota, and how many events came in the last 24 hours. The states are explained under Accounts and Tokens."),
    NULL },
  { N_ ("Nothing here yet?"), NULL, NULL },
  { NULL,
    N_ ("Add an account of a platform you use, or try the built-in hub: it runs on this computer, needs no account anywhere, and ends with Weir."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock subscriptions[] = {
  { NULL,
    N_ ("Which subscriptions are alive, and which are sick? One list over all accounts and platforms."),
    NULL },
  { N_ ("Status"), NULL, NULL },
  { NC_ ("state of a subscription", "Subscribed"),
    N_ ("The platform delivers or pulls its events."), NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Unsubscribed"),
    N_ ("Nothing is delivered. Subscribe begins again."), NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Active"),
    N_ ("An Oracle subscription that posts notifications."), NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Inactive"), N_ ("An Oracle subscription that posts nothing."),
    NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Paused"),
    N_ ("Oracle holds the delivery back and drops what it pauses. Subscribe makes it active again."),
    NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Error"),
    N_ ("The platform could not subscribe or pull. The column Error has the cause itself; the part Error of the inspector has the chain that led to it. Mend the cause, then Resubscribe."),
    NULL, "state of a subscription" },
  { NC_ ("state of a subscription", "Seen"),
    N_ ("Weir knows this subscription from its events only; the platform does not list it."), NULL,
    "state of a subscription" },
  { N_ ("Delivery"), NULL, NULL },
  { N_ ("Real time"), N_ ("The outside application sends events by itself."), NULL },
  { N_ ("Pull"),
    N_ ("The platform asks for news at intervals. Next Pull counts down to the next time and says by how much it is overdue."),
    NULL },
  { N_ ("Full scan"), N_ ("Each time everything is read and compared: slow, and complete."), NULL },
  { N_ ("What can be done"), NULL, NULL },
  { N_ ("Subscribe"),
    N_ ("Starts a subscription. With several rows selected Weir first shows what will happen to each, and reads the result back."),
    NULL },
  { N_ ("Pull Now"),
    N_ ("Asks for news at once. The pull run appears under Pull Runs, and is followed until it ends."),
    NULL },
  { N_ ("Resubscribe"),
    N_ ("Ends the subscription and starts it anew: what to try when its webhook went astray."),
    NULL },
  { N_ ("Refresh Webhook"), N_ ("Registers the address for deliveries again."), NULL },
  { NULL,
    N_ ("A button that cannot be pressed says in its tooltip why: the platform has no such action, the account is read-only, or nothing is selected."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock pulls[] = {
  { NULL,
    N_ ("What was pulled, when, and with what result? The newest run is on top, and a run is followed while it runs."),
    NULL },
  { N_ ("Status"), NULL, NULL },
  { NC_ ("state of a pull run", "Queued"), N_ ("The platform has taken the pull on and not begun."),
    NULL, "state of a pull run" },
  { NC_ ("state of a pull run", "Running"), N_ ("It collects now."), NULL, "state of a pull run" },
  { NC_ ("state of a pull run", "Success"),
    N_ ("It has ended; Collected says how many events came of it. None is a result, too."), NULL,
    "state of a pull run" },
  { NC_ ("state of a pull run", "Error"),
    N_ ("It has ended with an error. The events of its window may be missing: see the coverage of its subscription. Mend the cause, then Pull Again."),
    NULL, "state of a pull run" },
  { N_ ("Coverage"), NULL, NULL },
  { NULL,
    N_ ("Choose one subscription above the list to see for which times it was really pulled. A hole is a time for which no run succeeded; Pull Now beside it asks for exactly that time where the platform allows it."),
    NULL },
  { NULL,
    N_ ("The strip says so in words, too: go along it with the arrow keys, and press Enter for the runs of a span."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock timeline[] = {
  { NULL,
    N_ ("What is happening now? All events of all accounts in the order of their time, the newest on top."),
    NULL },
  { N_ ("Follow and pause"), NULL, NULL },
  { NULL,
    N_ ("While the timeline follows, new events come in on top. Reading further down, nothing moves: a button says how many have come meanwhile. Paused, they are held back until you ask for them."),
    NULL },
  { NC_ ("number of events", "received"),
    N_ ("All that is in the history. It is always the sum of the three others."), NULL,
    "number of events" },
  { NC_ ("number of events", "shown"), N_ ("What the query lets through."), NULL,
    "number of events" },
  { NC_ ("number of events", "filtered out"), N_ ("What the query leaves out."), NULL,
    "number of events" },
  { NC_ ("number of events", "held back"), N_ ("What came while the timeline was paused."), NULL,
    "number of events" },
  { N_ ("The streams below"), NULL, NULL },
  { NC_ ("state of an event stream", "Following"), N_ ("Events come in as they happen."), NULL,
    "state of an event stream" },
  { NC_ ("state of an event stream", "Catching up"),
    N_ ("Weir fetches what it missed, in order, before it follows again."), NULL,
    "state of an event stream" },
  { NC_ ("state of an event stream", "Waiting"),
    N_ ("The last try failed; the next comes by itself. The tooltip says why."), NULL,
    "state of an event stream" },
  { NC_ ("state of an event stream", "Not fetching"),
    N_ ("Nothing is fetched for this account; the tooltip says why and what to do."), NULL,
    "state of an event stream" },
  { N_ ("No event feed"),
    N_ ("The platform has no stream of events; Oracle posts them to endpoints of its own."), NULL },
  { N_ ("The chart"), NULL, NULL },
  { NULL,
    N_ ("Choose a span with the keys or the pointer to zoom in: it becomes a part of the query. What is hatched is a gap: events may be missing there."),
    NULL },
  { N_ ("Facets"), NULL, NULL },
  { NULL,
    N_ ("Beside the list stand the values of the events with their counts. Checking one asks for it; its menu excludes it."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock query[] = {
  { NULL,
    /* Translators: “the key for it” is one of the keyboard, which is named below the text */
    N_ ("A query narrows the timeline. It is completed as you write; what cannot be read is marked, and the key for it says how a query is understood."),
    NULL },
  { N_ ("Words"), NULL, NULL },
  { NULL,
    N_ ("Events in which a word begins so, in values or in names of the payload, whatever its case."),
    "miller" },
  { NULL,
    N_ ("Two words side by side, and no word that begins with friday. A minus excludes; quotes keep blanks together."),
    "\"spring offer\" -friday" },
  { N_ ("Fields"), NULL, NULL },
  { NULL, N_ ("Either of the two: equal fields are joined by or."), "kind:created kind:updated" },
  { NULL, N_ ("Both: different fields are joined by and."), "kind:created collection:customer" },
  { NULL, N_ ("All fields that take a value."),
    "account: provider: kind: collection: record: sub: status: stream: tenant: connection: id:" },
  { NULL, N_ ("Events that came late, that say an error, or whose payload is no JSON."),
    "is:late  is:error  is:unreadable" },
  /* Translators: a heading: times of day and dates in a query */
  { NC_ ("query", "Times"), NULL, NULL, "query" },
  { NULL,
    N_ ("How long ago, a day by its name, or a date with or without a time. Without a zone it is read in the zone of the window."),
    "after:2h   after:yesterday before:today   after:2026-01-31T18:00" },
  { N_ ("The payload"), NULL, NULL },
  { NULL, N_ ("A value at a path: a text whatever its case, a number by its value."),
    "data.email:joe@example.com" },
  { NULL, N_ ("Any element of a list; the signs >, >=, < and <= compare numbers exactly."),
    "data.items.*.price>=9.5" },
  { NULL,
    N_ ("The quickest way to such a query: select the value in the inspector’s payload and filter by it."),
    NULL },
  { N_ ("Keeping a query"), NULL, NULL },
  { NULL,
    N_ ("A view that was saved has a name, and brings the query and the chart back. weirctl knows it as @NAME."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock gaps[] = {
  { NULL,
    N_ ("Weir always says what it has not seen. Where events may be missing there is a row in the timeline and a hatched span in the chart."),
    NULL },
  { N_ ("Why there is a gap"), NULL, NULL },
  { N_ ("Weir was off"),
    N_ ("It was not running or not connected, and the server’s log does not reach back that far."),
    NULL },
  { N_ ("The list was full"),
    N_ ("The server’s list ended before it came to what was known already."), NULL },
  { N_ ("The place is not accepted"),
    N_ ("The server no longer knows the place in its stream that Weir had come to."), NULL },
  { N_ ("The place moved on"), N_ ("The server went on in its stream and sent no events for it."),
    NULL },
  { N_ ("A pull run failed"), N_ ("And none has succeeded for that time since."), NULL },
  { N_ ("No pull run"), N_ ("None was for that time."), NULL },
  { N_ ("Deleted"),
    N_ ("Weir removed the events to stay within your limits. They cannot be fetched again."),
    NULL },
  { N_ ("What to do"), NULL, NULL },
  { NULL,
    N_ ("Press Fill Now in the row, or Enter on it. Weir walks the server’s log again, or has the platform pull that time. What comes in takes its place in the timeline; when all is there, the gap is closed. Where it cannot be filled, the button says why."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock errors[] = {
  { NULL,
    N_ ("What is broken, and what is the cause? Errors with one cause are one row, however many subscriptions, pull runs and connections have it."),
    NULL },
  { N_ ("Reading an error"), NULL, NULL },
  { NULL,
    N_ ("The row begins with the leaf: the cause itself. The inspector shows the whole chain that led there, at each level with its type, its data, its logs and its stack, and everything can be copied."),
    NULL },
  { N_ ("States"), NULL, NULL },
  { NC_ ("state of an error", "Open"),
    N_ ("Nobody has said anything about it yet; the sidebar counts these."), NULL,
    "state of an error" },
  { NC_ ("state of an error", "Acknowledged"), N_ ("Somebody is looking into it."), NULL,
    "state of an error" },
  { NC_ ("state of an error", "Resolved"), N_ ("It is mended. A new occurrence opens it again."),
    NULL, "state of an error" },
  { NC_ ("state of an error", "Ignored"), N_ ("It is no trouble, even if it occurs again."), NULL,
    "state of an error" },
  { NULL,
    N_ ("The states are yours alone: they are kept on this computer and change nothing on the platform."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock connections[] = {
  { NULL,
    N_ ("Who needs a hand? A connection is a customer’s link to an outside application, made on the platform."),
    NULL },
  { N_ ("States"), NULL, NULL },
  { NC_ ("state of a connection", "Connected"), /* Translators: a connection does */
    N_ ("It works."), NULL, "state of a connection" },
  { NC_ ("state of a connection", "Failing"),
    N_ ("The last request failed; the platform tries again by itself. Next Retry counts down."),
    NULL, "state of a connection" },
  { NC_ ("state of a connection", "Disconnected"),
    N_ ("Its credentials do not work any more. Reconnect opens the page on which the customer signs in again."),
    NULL, "state of a connection" },
  { NC_ ("state of a connection", "Action required"),
    N_ ("The customer has to do something in the outside application; Reconnect leads there."),
    NULL, "state of a connection" },
  { NC_ ("state of a connection", "Configuration error"),
    N_ ("The integration is not set up rightly on the platform. It is mended there."), NULL,
    "state of a connection" },
  { NC_ ("state of a connection", "Defunct"),
    N_ ("The platform has given up trying. Test it, then Reconnect."), NULL,
    "state of a connection" },
  { NC_ ("state of a connection", "Deactivated"), N_ ("It was switched off on the platform."), NULL,
    "state of a connection" },
  { N_ ("What can be done"), NULL, NULL },
  { N_ ("Test"), N_ ("Asks the platform to try the connection now."), NULL },
  { N_ ("Refresh Credentials"), N_ ("Renews them before their time is over."), NULL },
  { N_ ("Reconnect"),
    N_ ("Opens the browser; Weir watches meanwhile and says when the connection works again."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock inspector[] = {
  { NULL,
    N_ ("All that is known of the selected row. Links inside it lead to the account, the subscription, the pull run or the connection it belongs to, and back again."),
    NULL },
  { N_ ("Details"),
    N_ ("Every attribute, with times both relative and absolute, what became of the record and when, and what is related to it."),
    NULL },
  { N_ ("Error"), N_ ("The chain of causes, the leaf first."), NULL },
  { N_ ("Attributes"),
    N_ ("The record as the server sent it, as a tree or raw; for an event it is the payload. Its size does not matter; what is cut short says so."),
    NULL },
  { N_ ("Changes"),
    N_ ("What is different from the record’s previous event, or from one that you pinned."), NULL },
  { N_ ("Requests"),
    N_ ("What Weir asked of the server and what came back, without secrets. Each can be copied as cURL."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock accounts[] = {
  { NULL,
    N_ ("An account is one sign-in at one platform. Its dialog says where the token is found, and tests it before anything is saved."),
    NULL },
  { N_ ("States"), NULL, NULL },
  { NC_ ("state of an account", "Online"), N_ ("The server answers."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Connecting…"), N_ ("Weir asks for the first time."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Token refused"),
    N_ ("The token is wrong, or its time is over. Edit the account and give it a valid one."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Token missing"),
    N_ ("The keyring has no token for this account. Edit the account and enter it again."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Keyring not available"),
    N_ ("The desktop’s keyring is locked or absent. Unlock it and retry; or enter the token again, which then is kept until Weir is closed."),
    NULL, "state of an account" },
  { NC_ ("state of an account", "Not allowed"),
    N_ ("The token is valid and may not do this. Use one with more permissions."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Throttled"),
    N_ ("The server asked for fewer requests. Weir waits as long as it was told to."), NULL,
    "state of an account" },
  { NC_ ("state of an account", "Not reachable"),
    N_ ("No answer. Check the network and the address; Weir keeps trying, and the history can be read meanwhile."),
    NULL, "state of an account" },
  { NC_ ("state of an account", "Unreadable answer"),
    N_ ("Something answers that is not the API. Check the address."), NULL, "state of an account" },
  { N_ ("Where tokens are kept"), NULL, NULL },
  { NULL,
    N_ ("In the keyring of your desktop and nowhere else: not in a file, not in a log, not in the history. What is copied as cURL has $WEIR_TOKEN in its place."),
    NULL },
  { NC_ ("state of an account", "Read-only"), NULL, NULL, "state of an account" },
  { NULL,
    N_ ("Weir watches a read-only account and changes nothing in it. The lock is in the account’s menu."),
    NULL },
  { NULL, NULL, NULL },
};

static const WeirHelpBlock preferences[] = {
  { NULL, N_ ("What is chosen here holds at once, and for all accounts unless it says otherwise."),
    NULL },
  { N_ ("History"), NULL, NULL },
  { NULL,
    N_ ("Events are kept on this computer and can be read without a network. Limits by disk space and by age keep that small: what is beyond them is deleted in the background, the oldest first, and the timeline says where the history begins. Each account can have limits of its own."),
    NULL },
  { NULL, NULL, NULL },
};

/* In the order in which they stand beside the text. */
static const WeirHelpTopic topics[] = {
  { "overview", N_ ("Overview"), overview, { "overview", "general", "pages" } },
  { "subscriptions", N_ ("Subscriptions"), subscriptions, { "subscriptions", "lists" } },
  { "pulls", N_ ("Pull Runs"), pulls, { "pulls", "lists" } },
  { "timeline", N_ ("Timeline"), timeline, { "timeline", "lists" } },
  { "query", N_ ("Query Language"), query, { "query" } },
  { "gaps", N_ ("Gaps"), gaps, { "timeline" } },
  { "errors", N_ ("Errors"), errors, { "errors", "lists" } },
  { "connections", N_ ("Connections"), connections, { "connections", "lists" } },
  { "inspector", N_ ("Inspector"), inspector, { "inspector", "payload" } },
  { "accounts", N_ ("Accounts and Tokens"), accounts, { "accounts" } },
  { "preferences", N_ ("Preferences"), preferences, { "general" } },
};

/**
 * weir_help_topics:
 * @n_topics: (out): their number
 *
 * Returns: (array length=n_topics): all there is to read
 */
const WeirHelpTopic *
weir_help_topics (guint *n_topics)
{
  g_return_val_if_fail (n_topics != NULL, NULL);

  *n_topics = G_N_ELEMENTS (topics);

  return topics;
}

/**
 * weir_help_find:
 * @id: a topic's id
 *
 * Returns: its place among the topics; the first for one that is not known
 */
guint
weir_help_find (const char *id)
{
  g_return_val_if_fail (id != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_str_equal (topics[i].id, id))
      return i;

  return 0;
}
