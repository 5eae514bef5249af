namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>What is on the pages.</summary>
internal static class SignInForms
{
    public static Html SignIn(string root, Html token, string? login, string? returnTo, string? error, bool takesPasswords, string? ssoPath) => takesPasswords
        ? Html.Of($"""
            {Alert(error)}
            {SsoButton(root, returnTo, ssoPath)}
            <form method="post" action="{root}{SignInPages.Root}/sign_in">
            {token}
            <input type="hidden" name="return_to" value="{returnTo}">
            <label for="login">E-mail address or user name</label>
            <input id="login" name="login" type="text" value="{login}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required>
            <button type="submit">Sign in</button>
            </form>
            <p><a href="{root}{SignInPages.Root}/password">Forgotten your password?</a></p>
            """)
        : Html.Of($"""
            {Alert(error)}
            {SsoButton(root, returnTo, ssoPath)}
            <p>Passwords are not accepted here. {(ssoPath is not null ? "Sign in with your company's account." : "Ask your administrator how to sign in.")}</p>
            """);

    public static Html SignedIn(string root, Html token, string name, string tenant) => Html.Of($"""
        <p>You are signed in to {tenant} as <strong>{name}</strong>.</p>
        <form method="post" action="{root}{SignInPages.Root}/sign_out">
        {token}
        <button type="submit">Sign out</button>
        </form>
        """);

    public static Html Forgotten(string root, Html token) => Html.Of($"""
        <p>Tell us who you are, and we send you a link to set a new password.</p>
        <form method="post" action="{root}{SignInPages.Root}/password">
        {token}
        <label for="login">E-mail address or user name</label>
        <input id="login" name="login" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
        <button type="submit">Send the link</button>
        </form>
        """);

    public static Html NewPassword(string path, Html token, string login, string? error) => Html.Of($"""
        {Alert(error)}
        <form method="post" action="{path}">
        {token}
        <input type="hidden" name="username" value="{login}" autocomplete="username">
        <label for="password">New password for {login}</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="{Passwords.MinLength}" maxlength="{Passwords.MaxLength}" aria-describedby="hint" required autofocus>
        <p id="hint">{Passwords.MinLength} characters or more; a few words are fine.</p>
        <button type="submit">Set the password</button>
        </form>
        """);

    /// <summary>What an invitation leads to: single sign-on where there is one, and a password where one is accepted.</summary>
    public static Html Welcome(string root, string? ssoPath, Html form) => ssoPath is null
        ? form
        : Html.Of($"""
            <p>Come in with your company's account.</p>
            {SsoButton(root, null, ssoPath)}
            {form}
            """);

    /// <summary>Why somebody is not signed in, with what an admin needs to find it in the log.</summary>
    public static Html Refused(string root, string text, string reference, string? afreshPath = null) => Html.Of($"""
        <p role="alert">{text}</p>
        <p>Reference: <code>{reference}</code></p>
        {Afresh(root, afreshPath)}
        <p><a href="{root}{SignInPages.Root}/sign_in">Back to signing in</a></p>
        """);

    public static Html Text(string text) => Html.Of($"<p role=\"alert\">{text}</p>");

    public static Html Link(string text, string href, string label) => Html.Of($"<p>{text}</p><p><a href=\"{href}\">{label}</a></p>");

    private static Html SsoButton(string root, string? returnTo, string? ssoPath) => ssoPath is null
        ? Html.None
        : Html.Of($"<p><a class=\"button\" href=\"{root}{ssoPath}{(returnTo is null ? "" : $"?return_to={Uri.EscapeDataString(returnTo)}")}\">Sign in with Okta</a></p>");

    private static Html Afresh(string root, string? path) => path is null
        ? Html.None
        : Html.Of($"<p><a class=\"button\" href=\"{root}{path}?afresh=true\">Sign in to your company again</a></p>");

    private static Html Alert(string? error) => error is null ? Html.None : Html.Of($"<p role=\"alert\">{error}</p>");
}
