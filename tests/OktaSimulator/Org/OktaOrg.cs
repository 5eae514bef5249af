using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Org;

/// <summary>An Okta org of made-up people. The same seed makes the same people.</summary>
/// <param name="Domain">The domain of every login, unique to the run.</param>
/// <param name="Users">The people.</param>
internal sealed record OktaOrg(string Domain, IReadOnlyList<OktaUser> Users)
{
    private const string IdCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // What breaks servers: apostrophes, plus addresses, quotes and backslashes, letters beyond ASCII, mixed case.
    private static readonly (string First, string Last, string Local)[] Names =
    [
        ("Ann", "Lee", "ann.lee"),
        ("Siobhán", "O'Brien", "siobhan.o'brien"),
        ("Zoë", "Müller", "zoë.müller"),
        ("Mary-Jane", "McDonald", "Mary-Jane.McDonald+okta"),
        ("太郎", "山田", "yamada.taro"),
        ("Łukasz", "Wójcik", "LUKASZ.Wojcik"),
        ("José", "de la Cruz", "jose.delacruz+a+b"),
        ("Ana \"Nita\"", "Sá", "ana\"nita\\sa"),
        ("Олена", "Шевченко", "olena.shevchenko"),
        ("D'Arcy", "Smith-Jones", "d'arcy&smith=jones%20"),
    ];

    private static readonly string[] Titles = ["Engineer", "Head of R&D", "Nurse", "Directeur général", "Clerk \"temp\""];
    private static readonly string[] Cities = ["Berlin", "São Paulo", "Zürich", "New York", "東京"];
    private static readonly string[] Departments = ["Sales", "R&D", "People/Culture", "Élan", "Support: tier 2"];
    private static readonly string[] Locales = ["en-US", "de-DE", "ja-JP", "pt-BR", "fr-FR"];

    /// <summary>Makes an org.</summary>
    /// <param name="name">Its name, part of the domain.</param>
    /// <param name="seed">What it is made from.</param>
    /// <param name="count">How many people it has.</param>
    /// <param name="unmapped">What accounts hold that somebody else made; null for people whom Okta creates.</param>
    public static OktaOrg Generate(string name, int seed, int count, Func<int, JsonObject?> unmapped)
    {
        var domain = $"{name}-{seed.ToString(CultureInfo.InvariantCulture)}.example";
        var random = new Random(name.Aggregate(seed, (mixed, letter) => unchecked((mixed * 31) + letter)));
        var ids = Enumerable.Range(0, count).Select(_ => $"00u{new string(random.GetItems(IdCharacters.AsSpan(), 17))}").ToArray();
        var users = new OktaUser[count];
        for (var number = 0; number < count; number++)
        {
            var managerId = number >= 10 ? ids[number / 10] : null;
            users[number] = new OktaUser(number, ids[number], Person(number, domain, managerId, random)) { Unmapped = unmapped(number) };
        }

        return new OktaOrg(domain, users);
    }

    private static OktaProfile Person(int number, string domain, string? managerId, Random random)
    {
        var (first, last, local) = Names[number % Names.Length];
        var login = $"{local}.{number.ToString(CultureInfo.InvariantCulture)}@{domain}";
        return new OktaProfile(
            login,
            login,
            first,
            last,
            $"{first} {last}",
            Pick(Locales, random),
            $"E{number.ToString("d6", CultureInfo.InvariantCulture)}",
            Pick(Titles, random),
            Pick(Cities, random),
            Pick(Departments, random),
            managerId,
            new DateOnly(2020, 1, 1).AddDays(random.Next(2_000)).ToString("O", CultureInfo.InvariantCulture));
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
