namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>Which kind of Okta app decides which verbs a server sees.</summary>
public enum AppKind
{
    /// <summary>A custom app of the classic experience: PUT for everything.</summary>
    Classic,

    /// <summary>An app of the catalogue or of the integration wizard: PATCH.</summary>
    Catalogue,
}
