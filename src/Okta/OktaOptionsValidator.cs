using Microsoft.Extensions.Options;

namespace OrleansIdentity.Okta;

/// <summary>Refuses at start what could not work later.</summary>
internal sealed class OktaOptionsValidator : IValidateOptions<OktaOptions>
{
    public ValidateOptionsResult Validate(string? name, OktaOptions options)
    {
        var failures = new List<string>();
        Check(options.BudgetShare is > 0 and <= 1, "Okta:BudgetShare must be above 0 and at most 1: the part of a customer's rate limit that is used.");
        Check(options.ReserveShare is >= 0 and < 1, "Okta:ReserveShare must be from 0 and below 1: the part of a customer's rate limit that is left alone.");
        Check(options.Concurrency is > 0 and <= 64, "Okta:Concurrency must be from 1 to 64.");
        Check(options.PatienceSeconds is >= 0 and <= 600, "Okta:PatienceSeconds must be from 0 to 600.");
        Check(options.AttemptTimeoutSeconds is > 0 and <= 600, "Okta:AttemptTimeoutSeconds must be from 1 to 600.");
        Check(options.Retries is >= 0 and <= 10, "Okta:Retries must be from 0 to 10.");
        Check(options.MaxResponseBytes is >= 65_536 and <= 268_435_456, "Okta:MaxResponseBytes must be from 65536 to 268435456.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool holds, string failure)
        {
            if (!holds)
            {
                failures.Add(failure);
            }
        }
    }
}
