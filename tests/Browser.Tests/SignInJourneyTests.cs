using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;

namespace OrleansIdentity.Browser.Tests;

/// <summary>What people do, in a real browser and with the keyboard alone. The browser must have nothing to complain about: the pages' policy blocks nothing that they need.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class SignInJourneyTests(BrowserProduct product) : IClassFixture<BrowserProduct>
{
    private static readonly string Pictures = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    [Fact]
    public async Task Password_TypedAndEntered_SignsInAndOut()
    {
        var (page, complaints) = await product.OpenAsync();
        await BrowserProduct.GoAsync(page, $"{product.Root}/users/sign_in");
        await PictureAsync(page, "sign-in");
        await page.Keyboard.TypeAsync(product.OwnerEmail);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(product.OwnerPassword);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Signed in");
        await PictureAsync(page, "signed-in");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Sign in to acme");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Okta_ByTheButton_SignsInAndOutThereAndHere()
    {
        var (page, complaints) = await product.OpenAsync();
        await BrowserProduct.GoAsync(page, $"{product.Root}/users/sign_in?return_to=/users/sign_in");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Sign in to the simulated org");
        await page.Keyboard.TypeAsync(product.OwnerEmail);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Signed in");
        Assert.StartsWith(product.Root, page.Url, StringComparison.Ordinal);

        // Through Okta's own sign-out and back: the policy for forms has to let the redirect through.
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Sign in to acme");
        Assert.Contains(product.Org.Requests.All, request => request.Path.EndsWith("/logout", StringComparison.Ordinal));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Okta_ForWhoHasNoAccount_SaysWhyAndWhomToAsk()
    {
        await product.HireAsync("stranger@example.com", hasAccount: false);
        await product.HireAsync("early@example.com", hasAccount: true);
        foreach (var (login, reason, width, isDark) in new[] { ("stranger@example.com", "unknown-user", 1_000, false), ("early@example.com", "not-invited", 360, true) })
        {
            var (page, complaints) = await product.OpenAsync(width, isDark);
            await BrowserProduct.GoAsync(page, $"{product.Root}/users/auth/okta");
            await page.Keyboard.TypeAsync(login);
            await page.Keyboard.PressAsync("Enter");
            await ShowsAsync(page, "You are not signed in");
            Assert.Equal(reason, await page.Locator("code").TextContentAsync());
            Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            await PictureAsync(page, reason);

            // The refusal's own status is all that the browser has to say.
            Assert.All(complaints, one => Assert.Contains("403", one, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Okta_WithOneFactorWhereTwoAreDemanded_OffersToBeginAfresh()
    {
        await product.SetAsync("/policy", new { ssoOnly = false, requireMultiFactor = true, sessionHours = 24, idpInitiated = false });
        var (page, complaints) = await product.OpenAsync(width: 360);
        await BrowserProduct.GoAsync(page, $"{product.Root}/users/auth/okta");
        await page.Keyboard.TypeAsync(product.OwnerEmail);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "You are not signed in");
        await PictureAsync(page, "afresh");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Sign in to the simulated org");
        Assert.Contains("prompt=login", page.Url, StringComparison.Ordinal);
        await page.Keyboard.TypeAsync(product.OwnerEmail);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Signed in");
        Assert.All(complaints, one => Assert.Contains("403", one, StringComparison.Ordinal));
        await product.SetAsync("/policy", new { ssoOnly = false, requireMultiFactor = false, sessionHours = 24, idpInitiated = false });
    }

    [Fact]
    public async Task Invitation_Followed_SetsAPasswordAndSignsIn()
    {
        var email = "second.owner@acme.example";
        await product.InviteAsync(email);
        var (page, complaints) = await product.OpenAsync(width: 360);
        await BrowserProduct.GoAsync(page, await LinkAsync(email));
        await PictureAsync(page, "set-password");
        await page.Keyboard.TypeAsync("seven purple bicycles");
        await page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "Signed in");
        Assert.Empty(complaints);
    }

    private static Task ShowsAsync(IPage page, string title) => BrowserProduct.ShowsAsync(page, title);

    private static Task PictureAsync(IPage page, string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });

    // The mail goes out a moment after the answer.
    private async Task<string> LinkAsync(string email)
    {
        while (true)
        {
            var mail = Directory.Exists(product.MailFolder)
                ? Directory.GetFiles(product.MailFolder, "*.eml").Select(file => MimeMessage.Load(file)).FirstOrDefault(one => one.To.ToString().Contains(email, StringComparison.Ordinal))
                : null;
            if (mail is not null)
            {
                return Link().Match(mail.TextBody!).Value;
            }

            await Task.Yield();
        }
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
