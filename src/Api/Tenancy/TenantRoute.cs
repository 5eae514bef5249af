namespace OrleansIdentity.Api.Tenancy;

/// <summary>The tenant that a request's address names, whether or not there is one.</summary>
/// <param name="Slug">The tenant's slug; null when the address names none.</param>
/// <param name="RootUrl">The tenant root as the caller addressed it, without a slash at its end.</param>
internal sealed record TenantRoute(string? Slug, string RootUrl);
