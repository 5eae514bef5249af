namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>How an attribute that was emptied in Okta looks on the wire. Which of them Okta sends is not documented, so all have to work.</summary>
internal enum ClearedAs
{
    EmptyString,
    Null,
    Absent,
}
