using CsCheck;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>The index against the plainest model of it.</summary>
public sealed class LaneIndexTests
{
    private const string Kind = "user";

    [Fact]
    public void Apply_AnyChanges_KeepsOrderTotalsAndHolders() =>
        Gen.Select(Gen.Int[0, 1_500], Gen.Int[0, 40], Gen.Bool).Array[0, 3_000].Sample(
            steps =>
            {
                var index = new LaneIndex();
                var model = new SortedDictionary<string, int>(StringComparer.Ordinal);
                for (var step = 0; step < steps.Length; step++)
                {
                    var (number, key, delete) = steps[step];
                    var id = $"u{number}";
                    delete &= model.ContainsKey(id);
                    index.Apply(step + 1, new IndexChange(Kind, Entry(id, step + 1, key), delete));
                    if (delete)
                    {
                        model.Remove(id);
                    }
                    else
                    {
                        model[id] = key;
                    }
                }

                var ids = model.Keys.ToArray();
                for (var start = 0; start <= ids.Length; start += 97)
                {
                    var after = start == 0 ? null : ids[start - 1];
                    var page = index.Page(Kind, after, 3, 50);
                    if (page.Total != ids.Length || page.Remaining != ids.Length - start || !page.Ids.SequenceEqual(ids.Skip(start + 3).Take(50)))
                    {
                        return false;
                    }
                }

                return index.Page(Kind, "u5-absent", 0, 1).Remaining == ids.Count(id => string.CompareOrdinal(id, "u5-absent") > 0)
                    && Enumerable.Range(0, 41).All(key => index.Holders(Kind, Hash(key)).SequenceEqual(model.Where(pair => pair.Value == key).Select(pair => pair.Key)));
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void Apply_EventsThatARowAlreadyReflects_ChangesNothing()
    {
        var index = new LaneIndex();
        index.Load(Kind, Entry("a", position: 9, key: 2));
        index.Loaded(5);

        index.Apply(6, new IndexChange(Kind, Entry("a", 6, 1), IsDelete: false));
        index.Apply(7, new IndexChange(Kind, Entry("a", 7, 1), IsDelete: true));

        Assert.Equal(9, index.Find(Kind, "a")!.Position);
        Assert.Empty(index.Holders(Kind, Hash(1)));
        Assert.Equal(["a"], index.Holders(Kind, Hash(2)));
        Assert.Equal(7, index.Position);
    }

    [Fact]
    public void Apply_KeyThatMovedWhileRowsWereRead_EndsWithItsLastHolder()
    {
        // "a" was read while it held the key, "b" after it had taken it over: for a moment both do.
        var index = new LaneIndex();
        index.Load(Kind, Entry("a", position: 1, key: 7));
        index.Load(Kind, Entry("b", position: 3, key: 7));
        index.Loaded(1);

        index.Apply(2, new IndexChange(Kind, Entry("a", 2, 8), IsDelete: false));
        index.Apply(3, new IndexChange(Kind, Entry("b", 3, 7), IsDelete: false));

        Assert.Equal(["b"], index.Holders(Kind, Hash(7)));
        Assert.Equal(["a"], index.Holders(Kind, Hash(8)));
    }

    private static KeyHash Hash(int key) => new(0, (ulong)key * 2);

    private static IndexEntry Entry(string id, long position, int key) =>
        new(id, 1, Guid.Empty, position, [Hash(key)], HasBlob: false);
}

/// <summary>Keys of rows.</summary>
public sealed class TableKeysTests
{
    [Fact]
    public void Encode_AnyTexts_KeepsThemApartAndInOrder() => Gen.Select(Gen.String, Gen.String).Sample((one, other) =>
        Math.Sign(string.CompareOrdinal(TableKeys.Encode(one), TableKeys.Encode(other))) == Math.Sign(string.CompareOrdinal(one, other)));

    // "The following characters are not allowed in values for the PartitionKey and RowKey properties: / \ # ? and control characters."
    [Fact]
    public void Encode_AnyText_HasAllowedCharactersAlone() => Gen.String.Sample(text =>
        TableKeys.Encode(text) is { Length: <= 256 } encoded && encoded.All(sign => char.IsAsciiLetterOrDigit(sign) || "-$.=_~^".Contains(sign, StringComparison.Ordinal)));

    [Fact]
    public void Encode_LongTexts_KeepsThemApart() =>
        Assert.NotEqual(TableKeys.Encode(new string('x', 5_000)), TableKeys.Encode(new string('x', 5_001)));

    [Theory]
    [InlineData("0197a1b2-0000-7000-8000-00000000000a", "0197a1b2-0000-7000-8000-00000000000a")]
    [InlineData(".system", ".002esystem")]
    [InlineData("a/b", "a.002fb")]
    public void Encode_StoredForms_NeverChange(string text, string expected) => Assert.Equal(expected, TableKeys.Encode(text));

    [Fact]
    public void KeyHash_StoredForm_NeverChanges()
    {
        Assert.Equal("k!user!6b375aeba1e8778fc57e39b9995d1deb", TableKeys.UniqueKey("user", KeyHash.Of("userName", "ann", isUnique: true)));
        Assert.NotEqual(KeyHash.Of("a", "bc", true), KeyHash.Of("ab", "c", true));
        Assert.NotEqual(KeyHash.Of("a", "b", true), KeyHash.Of("a", "b", false));
    }
}
