namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>The pages' one stylesheet: light and dark as the reader has it, one column, large enough to touch.</summary>
internal static class Style
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --back: #f3f4f6; --line: #6b7280; --accent: #1d4ed8; --on-accent: #ffffff; --alert: #b91c1c; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #f3f4f6; --paper: #1f2430; --back: #12151c; --line: #9ca3af; --accent: #93c5fd; --on-accent: #10131a; --alert: #fca5a5; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { width: min(26rem, 100%); padding: 2rem 1.5rem; background: var(--paper); border-radius: 0.75rem; }
        h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.2; overflow-wrap: anywhere; }
        label { display: block; margin: 1rem 0 0.25rem; font-weight: 600; overflow-wrap: anywhere; }
        input[type=text], input[type=password] { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 0.5rem; }
        button, .button { display: block; width: 100%; min-height: 2.75rem; margin-top: 1.5rem; text-align: center; text-decoration: none; padding: 0.5rem 1rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 0.5rem; cursor: pointer; }
        a { color: var(--accent); }
        .button { padding-block: 0.625rem; color: var(--on-accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        [role=alert] { padding-left: 0.75rem; border-left: 4px solid var(--alert); }
        """;
}
