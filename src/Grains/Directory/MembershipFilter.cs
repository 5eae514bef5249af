using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Paths;

namespace OrleansIdentity.Grains.Directory;

/// <summary>
/// A filter, parted into what it asks about memberships and the rest. Memberships are no part of a stored form: a filter on them is answered from
/// their rows, or refused. It must not match nothing in silence.
/// </summary>
/// <param name="With">The group that a user must be a member of, or the user that must be a member of a group; null for any.</param>
/// <param name="Rest">What the stored form must match; null for anything.</param>
internal sealed record MembershipFilter(string? With, Filter? Rest)
{
    /// <summary>Parts a filter.</summary>
    /// <returns>The parts; or 400 <c>invalidFilter</c>.</returns>
    public static Outcome<MembershipFilter> From(Filter filter)
    {
        switch (filter)
        {
            case And both:
                if (!From(both.Left).TryGet(out var left, out var error) || !From(both.Right).TryGet(out var right, out error))
                {
                    return error;
                }

                return left.With is not null && right.With is not null
                    ? Refuse(filter)
                    : new MembershipFilter(left.With ?? right.With, Join(left.Rest, right.Rest));
            case Comparison { Path: { Attribute.StoredApart: true, SubAttribute.Name: "value" }, Operator: ComparisonOperator.Equal } equality:
                return Equality(equality) is { } with ? new MembershipFilter(with, null) : Refuse(filter);
            case ValuePath { Path.Attribute.StoredApart: true, Condition: Comparison { Path.Attribute.Name: "value", Operator: ComparisonOperator.Equal } equality }:
                return Equality(equality) is { } chosen ? new MembershipFilter(chosen, null) : Refuse(filter);
            default:
                return Mentioned(filter) is null ? new MembershipFilter(null, filter) : Refuse(filter);
        }
    }

    // Ids are in lower case; where the schema says that letter case does not matter, it must not.
    private static string? Equality(Comparison equality) => equality.Value.IsNull
        ? null
        : equality.Path.Target.CaseExact ? equality.Value.Text : equality.Value.Literal.GetString()!.ToLowerInvariant();

    private static Filter? Join(Filter? left, Filter? right) => left is null || right is null ? left ?? right : new And(left, right);

    private static AttributePath? Mentioned(Filter filter) => filter switch
    {
        Comparison { Path: { Attribute.StoredApart: true } path } => path,
        Present { Path: { Attribute.StoredApart: true } path } => path,
        ValuePath { Path: { Attribute.StoredApart: true } path } => path,
        And both => Mentioned(both.Left) ?? Mentioned(both.Right),
        Or either => Mentioned(either.Left) ?? Mentioned(either.Right),
        Not negation => Mentioned(negation.Operand),
        _ => null,
    };

    private static ScimError Refuse(Filter filter)
    {
        var name = Mentioned(filter)!.Attribute.Name;
        return ScimErrors.InvalidFilter(
            "filter-membership", $"'{name}' can be asked about as {name}.value eq \"id\", once, alone or joined with 'and'. Ask so, or read '{name}' and choose.");
    }
}
