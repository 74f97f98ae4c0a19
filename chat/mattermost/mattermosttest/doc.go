// Package mattermosttest runs a real Mattermost server for tests, with people
// who use it.
//
// A [Server] is Mattermost 9.9 over a PostgreSQL of its own: both listen on this
// machine only, keep their data in a folder that goes when they do, and end with
// the program that started them, however that ends. [Shared] gives all tests of
// a test binary the same one; its TestMain says so:
//
//	func TestMain(m *testing.M) { goleak.VerifyTestMain(mattermosttest.Tests(m)) }
//
// On the server a [Team] is a place that nobody else has used: its own team, bot
// account, channels and people. It is the people's side of the conformance suite
// ([platformtest.Chat]): each person is signed in as a browser would be, and sees
// what the server tells browsers.
//
// A [Proxy] stands between the bot and the server, to see what the bot does on a
// day when the network isn't well.
//
// # What it needs
//
// PostgreSQL's programs, and the server's, which the first use builds from source
// (two minutes and 170 MB, kept in the user's cache folder). Plain "go test" does
// not build it: it skips what needs the server and says so. With
// ROUNDTABLE_REQUIRE_PEERS=1 it builds it, and what is missing fails the test.
// Linux only.
package mattermosttest
