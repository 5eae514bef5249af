namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>What a call is for, as far as the SCIM verbs go.</summary>
public enum CallKind
{
    ConnectionTest,
    LookUp,
    Read,
    Create,
    Replace,
    Patch,
    ImportPage,
    Delete,
}
