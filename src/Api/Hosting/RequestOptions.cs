using System.ComponentModel.DataAnnotations;
using OrleansIdentity.Silo.Clustering;

namespace OrleansIdentity.Api.Hosting;

/// <summary>What one request may take; section <c>Requests</c>.</summary>
public sealed class RequestOptions
{
    /// <summary>Seconds until a request that has no answer yet is answered 503.</summary>
    [Range(1, 55, ErrorMessage = "Requests:DeadlineSeconds must be from 1 to 55: Okta hangs up after 60.")]
    public int DeadlineSeconds { get; set; } = 10;

    /// <summary>The largest body, in bytes.</summary>
    [Range(1_024, 16_777_216, ErrorMessage = "Requests:MaxBodyBytes must be from 1024 to 16777216.")]
    public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>The largest body of a request about a group, in bytes: one that replaces 100,000 members fits.</summary>
    [Range(1_024, 16_777_216, ErrorMessage = "Requests:MaxGroupBodyBytes must be from 1024 to 16777216.")]
    public int MaxGroupBodyBytes { get; set; } = 16_777_216;

    /// <summary>The largest body of a bulk request, in bytes. Each operation in it is also held to the limit that a request of its own has.</summary>
    [Range(1_024, 16_777_216, ErrorMessage = "Requests:MaxBulkBodyBytes must be from 1024 to 16777216.")]
    public int MaxBulkBodyBytes { get; set; } = 16_777_216;

    /// <summary>Seconds from which on no operation of a bulk request is begun: those that are left are answered 503 each.</summary>
    [Range(1, 50, ErrorMessage = "Requests:BulkDeadlineSeconds must be from 1 to 50: clients hang up after 60.")]
    public int BulkDeadlineSeconds { get; set; } = 45;

    /// <summary><see cref="DeadlineSeconds"/> as a time span.</summary>
    public TimeSpan Deadline => TimeSpan.FromSeconds(DeadlineSeconds);

    /// <summary><see cref="BulkDeadlineSeconds"/> as a time span.</summary>
    public TimeSpan BulkDeadline => TimeSpan.FromSeconds(BulkDeadlineSeconds);

    /// <summary>How long a call to a grain may take: until the request's deadline, or until the cluster gives the call up.</summary>
    public TimeSpan AnswerWithin => Deadline < ClusterTimings.ResponseTimeout ? Deadline : ClusterTimings.ResponseTimeout;
}
