using System.CommandLine;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>An option that is a number within limits.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}: {least} to {most}.", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"{name} must be from {least} to {most}.");
            }
        });
        return option;
    }
}
