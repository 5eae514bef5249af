using CsCheck;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>Generates filters, and resources that they have a fair chance to match.</summary>
internal static class AskedGens
{
    private static readonly string[] Equality = ["eq", "ne"];
    private static readonly string[] Order = ["gt", "ge", "lt", "le"];
    private static readonly string[] Parts = ["co", "sw", "ew"];

    public static Gen<Asked> Filter(IReadOnlyList<Field> fields)
    {
        var parents = fields.Where(field => field is { Many: true, Parent: not null }).DistinctBy(field => field.ParentPath).ToList();
        var same = Gen.Int[0, parents.Count - 1].SelectMany(index =>
        {
            var parts = fields.Where(field => field.ParentPath == parents[index].ParentPath).ToList();
            return Tree(Term(parts)).Select(condition => (Asked)new Asked.Same(parents[index], condition));
        });
        return Tree(Gen.Frequency((3, Term(fields)), (1, same)));
    }

    public static Gen<string> Resource(IReadOnlyList<Field> fields) => Gen.Int[0, int.MaxValue - 1].Array[40].Select(seeds => ResourceText.Of(fields, seeds));

    private static Gen<Asked> Tree(Gen<Asked> leaf) => Gen.Recursive<Asked>((depth, inner) => depth >= 4 ? leaf : Gen.Frequency(
        (4, leaf),
        (2, Gen.Select(inner, inner, (left, right) => (Asked)new Asked.Both(left, right))),
        (2, Gen.Select(inner, inner, (left, right) => (Asked)new Asked.Either(left, right))),
        (1, inner.Select(operand => (Asked)new Asked.Never(operand)))));

    private static Gen<Asked> Term(IReadOnlyList<Field> fields) => Gen.Int[0, fields.Count - 1].SelectMany(index => Comparison(fields[index]));

    private static Gen<Asked> Comparison(Field field)
    {
        var operators = Gens.OneOf(field.Kind switch
        {
            Kind.Flag => Equality,
            Kind.Text or Kind.ExactText => [.. Equality, .. Order, .. Parts],
            _ => [.. Equality, .. Order],
        });
        var spelled = field.Kind == Kind.Flag ? Gens.OneOf("true", "false", "\"True\"", "\"false\"") : Gens.OneOf([.. Values.Of(field.Kind)]);
        return Gen.Frequency(
            (12, Gen.Select(operators, spelled, (comparison, value) => (Asked)new Asked.Term(field, comparison, value))),
            (1, Gens.OneOf(Equality).Select(comparison => (Asked)new Asked.Term(field, comparison, "null"))),
            (2, Gen.Const((Asked)new Asked.Term(field, "pr", null))));
    }
}
