using Azure;
using Azure.Data.Tables;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Storage.AzureTables.GrainState;

/// <summary>Small grain states that have no event, such as cursors and the progress of a run, in the layout of <see cref="GrainStateLayout"/>.</summary>
/// <param name="table">The table.</param>
/// <param name="serviceId">The service id that every key begins with.</param>
/// <param name="serializer">Makes bytes of a state.</param>
/// <param name="activators">Make new states.</param>
/// <param name="options">Text or bytes, and what clearing does.</param>
/// <param name="time">The clock.</param>
internal sealed class AzureTableGrainState(
    TableClient table, string serviceId, IGrainStorageSerializer serializer, IActivatorProvider activators, AzureStorageOptions options, TimeProvider time) : IGrainStorage
{
    private readonly Persistence _persistence = new(options, time);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await ReadRowAsync(GrainStateLayout.Row(serviceId, grainId, stateName));
        var data = row is null ? null : GrainStateLayout.Read(row);
        grainState.State = data is null ? New<T>() : serializer.Deserialize<T>(data);
        grainState.RecordExists = data is not null;
        grainState.ETag = row?.ETag.ToString();
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The row is not as it was last read.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = GrainStateLayout.Row(serviceId, grainId, stateName);
        GrainStateLayout.Write(row, serializer.Serialize(grainState.State), options.GrainStateAsText);
        grainState.ETag = await PutAsync(row, grainState.ETag);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">The row is not as it was last read.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = GrainStateLayout.Row(serviceId, grainId, stateName);
        if (!options.DeleteGrainStateOnClear)
        {
            grainState.ETag = await PutAsync(row, grainState.ETag);
        }
        else if (!string.IsNullOrEmpty(grainState.ETag))
        {
            await DeleteAsync(row, grainState.ETag);
            grainState.ETag = null;
        }

        grainState.State = New<T>();
        grainState.RecordExists = false;
    }

    private T New<T>() => activators.GetActivator<T>().Create();

    private async Task<TableEntity?> ReadRowAsync(TableEntity row)
    {
        var found = await _persistence.RunAsync(
            token => table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: token), CancellationToken.None);
        return found.HasValue ? found.Value : null;
    }

    private async Task<string> PutAsync(TableEntity row, string? expected)
    {
        var answer = await OnceAsync(
            () => string.IsNullOrEmpty(expected) ? table.AddEntityAsync(row) : table.UpdateEntityAsync(row, new ETag(expected), TableUpdateMode.Replace),
            row,
            expected,
            current => current is not null && HasSameState(current, row) ? current.ETag.ToString() : null);
        return answer.ETag ?? answer.Response!.Headers.ETag!.Value.ToString();
    }

    private Task DeleteAsync(TableEntity row, string expected) => OnceAsync(
        () => table.DeleteEntityAsync(row, new ETag(expected)), row, expected, current => current is null ? "" : null);

    // A refusal after an attempt of unknown outcome may be that attempt's own doing: the row tells. An older refusal is what it says.
    private async Task<(Response? Response, string? ETag)> OnceAsync(Func<Task<Response>> write, TableEntity row, string? expected, Func<TableEntity?, string?> isDone)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await write(), null);
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
            {
                if (attempt > 1 && isDone(await ReadRowAsync(row)) is { } tag)
                {
                    return (null, tag);
                }

                throw new InconsistentStateException($"The state '{row.RowKey}' of '{row.PartitionKey}' was written by another.", "Unknown", expected ?? "", exception);
            }
            catch (Exception exception) when (Persistence.IsPassing(exception) && attempt < options.MaxAttempts)
            {
                await _persistence.PauseAsync(attempt, exception, CancellationToken.None);
            }
            catch (RequestFailedException exception)
            {
                throw Persistence.Unavailable(exception);
            }
        }
    }

    private static bool HasSameState(TableEntity one, TableEntity other) =>
        (GrainStateLayout.Read(one) ?? BinaryData.Empty).ToMemory().Span.SequenceEqual((GrainStateLayout.Read(other) ?? BinaryData.Empty).ToMemory().Span);
}
