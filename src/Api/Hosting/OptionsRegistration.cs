using OrleansIdentity.Api.Mail;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.SignIn;
using OrleansIdentity.Okta;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Binds and validates all options, so that a bad configuration is refused at start with a sentence that says what to set.</summary>
internal static class OptionsRegistration
{
    private const int MinOperatorKeyLength = 32;

    public static void AddValidatedOptions(this IServiceCollection services)
    {
        services.AddOptions<RequestOptions>().BindConfiguration("Requests").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TenancyOptions>().BindConfiguration("Tenancy").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignInOptions>().BindConfiguration("SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OktaOptions>().BindConfiguration(OktaOptions.Section);
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations()
            .Validate(options => MimeKit.MailboxAddress.TryParse(options.From, out _), "Mail:From must be an e-mail address.").ValidateOnStart();
        services.AddOptions<OperatorOptions>().BindConfiguration("Operator")
            .Validate(
                options => options.Key is { Length: >= MinOperatorKeyLength } key && !key.Any(char.IsWhiteSpace),
                $"Operator:Key is missing, shorter than {MinOperatorKeyLength} characters, or has white space in it. Set it (environment: Operator__Key) to a long random text, "
                + "for example the output of: openssl rand -base64 32")
            .ValidateOnStart();
        services.AddOptions<SecretsOptions>().BindConfiguration("Secrets")
            .Validate(
                options => options.KeyBytes() is not null,
                "Secrets:KeyEncryptionKey is missing or not 32 bytes in base64. Set it (environment: Secrets__KeyEncryptionKey) to the output of: "
                + "openssl rand -base64 32  and keep a copy: what it encrypts cannot be read without it.")
            .ValidateOnStart();
    }
}
