namespace OrleansIdentity.Okta.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Where the list goes on; null on the last page.</param>
public sealed record OktaPage<T>(IReadOnlyList<T> Items, PageCursor? Next);

/// <summary>Where a list goes on: the org's own <c>next</c> address as it was given. It may be kept, and is checked against the org whenever it is used.</summary>
/// <param name="Url">The address.</param>
public sealed record PageCursor(string Url);
