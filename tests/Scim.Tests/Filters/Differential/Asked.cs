using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>A filter as the test means it.</summary>
internal abstract record Asked
{
    /// <summary><c>field op value</c>, or <c>field pr</c>; the value is JSON text.</summary>
    public sealed record Term(Field Field, string Operator, string? Value) : Asked;

    /// <summary>Both.</summary>
    public sealed record Both(Asked Left, Asked Right) : Asked;

    /// <summary>Either.</summary>
    public sealed record Either(Asked Left, Asked Right) : Asked;

    /// <summary>Not.</summary>
    public sealed record Never(Asked Operand) : Asked;

    /// <summary>One element of the parent attribute; the condition's fields are parts of it.</summary>
    public sealed record Same(Field Parent, Asked Condition) : Asked;

    /// <summary>With every parenthesis that there could be.</summary>
    public string Plain() => Print(this, inBrackets: false, (text, _) => $"({text})", word => word, " ");

    /// <summary>With no parenthesis that precedence makes superfluous, in odd letter case, with more spaces than it takes.</summary>
    public string Odd(int seed) => Print(
        this, inBrackets: false, (text, isNeeded) => isNeeded ? $"( {text})" : text, word => Gens.OddCase(word, seed), new string(' ', 1 + (seed & 1)));

    private static string Print(Asked asked, bool inBrackets, Func<string, bool, string> group, Func<string, string> word, string space)
    {
        string Inner(Asked inner, bool isNeeded) => group(Print(inner, inBrackets, group, word, space), isNeeded);
        return asked switch
        {
            Term term => word(inBrackets ? term.Field.Name : term.Field.Path) + space + word(term.Operator) + (term.Value is null ? "" : space + term.Value),
            Both both => Inner(both.Left, both.Left is Either) + space + word("and") + space + Inner(both.Right, both.Right is Either or Both),
            Either either => Inner(either.Left, false) + space + word("or") + space + Inner(either.Right, either.Right is Either),
            Never never => word("not") + "(" + Print(never.Operand, inBrackets, group, word, space) + ")",
            Same same => word(same.Parent.ParentPath) + "[" + Print(same.Condition, inBrackets: true, group, word, space) + "]",
            _ => throw new InvalidOperationException(),
        };
    }
}
