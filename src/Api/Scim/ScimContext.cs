using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Scim;

/// <summary>An admitted SCIM request.</summary>
/// <param name="Http">The HTTP request and its response.</param>
/// <param name="Tenant">The tenant that was authenticated for.</param>
/// <param name="Settings">The tenant's settings.</param>
/// <param name="Origin">Who asks.</param>
/// <param name="BaseUrl">The SCIM base URL as the caller addressed it, without a slash at its end.</param>
/// <param name="AnswerBy">From then on (UTC) no command of the request may begin anything.</param>
/// <param name="Deadline">Ends when the request's time is over or the caller is gone.</param>
internal sealed record ScimContext(
    HttpContext Http, string Tenant, TenantSettings Settings, EventOrigin Origin, string BaseUrl, DateTimeOffset AnswerBy, CancellationToken Deadline)
    : ScimCall(Tenant, Settings, Origin, BaseUrl, AnswerBy, Deadline);
