//! What the page cannot do, whatever runs in it.

use serde_json::json;
use shukebu_tests::equipment::shell::Shell;

/// Calls a command as hostile code in the page would and tells how that ended.
const INVOKE: &str = "
    const [name, input] = arguments;
    return window.__TAURI_INTERNALS__.invoke(name, input).then(() => 'answered', (refusal) => JSON.stringify(refusal))";

#[test]
fn the_page_can_call_the_list_of_commands_and_nothing_else() {
    let shell = Shell::new("walls");
    let window = shell.open();
    let page = &window.page;
    page.sees("店名");
    let invoke = |name: &str, input| page.session.run(INVOKE, json!([name, input])).unwrap();
    assert_eq!(invoke("book_status", json!({ "input": {} })), json!("answered"));
    for (name, input) in [
        ("plugin:event|emit", json!({ "event": "book-changed" })),
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:fs|read_file", json!({ "path": "/etc/passwd" })),
        ("plugin:window|close", json!({})),
        ("plugin:webview|create_webview_window", json!({})),
        ("book_destroy", json!({})),
    ] {
        let answer = invoke(name, input);
        assert!(answer.as_str().is_some_and(|text| text.contains("not allowed")), "{name}: {answer}");
    }
    assert_eq!(page.ask("return typeof window.__TAURI__"), json!("undefined"));
    assert_eq!(page.ask("return Object.isFrozen(Object.prototype)"), json!(true));
    assert_eq!(page.ask("return window.open('https://example.com/') === null"), json!(true));
    let _ = page.session.run("location.href = 'https://example.com/'", json!([]));
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(page.ask("return location.host"), json!("localhost"), "the window stays at home");
    window.close();
}
