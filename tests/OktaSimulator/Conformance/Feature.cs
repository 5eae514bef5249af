namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What a server may leave out, and a check may need.</summary>
[Flags]
internal enum Feature
{
    None = 0,
    Patch = 1,
    Bulk = 2,
    Filter = 4,
    Sort = 8,
    ETag = 16,
    CursorPaging = 32,
    Groups = 64,
    EnterpriseUser = 128,
    Search = 256,
    RootSearch = 512,
    ServiceProviderConfig = 1_024,
    Schemas = 2_048,
    ResourceTypes = 4_096,
}
