using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>A configuration that cannot work is refused with the setting to change.</summary>
public sealed class AzureStorageOptionsTests
{
    public static TheoryData<AzureStorageOptions, string> Mistakes => new()
    {
        { new() { ConnectionString = null }, "Storage:Azure:ConnectionString is missing" },
        { new() { ConnectionString = "x", TableEndpoint = new("https://a.table.example"), BlobEndpoint = new("https://a.blob.example") }, "one or the other" },
        { new() { ConnectionString = "x" }, "ConnectionString cannot be read" },
        { new() { TableEndpoint = new("https://a.table.example") }, "set both" },
        { new() { TableEndpoint = new("http://a.table.example"), BlobEndpoint = new("https://a.blob.example") }, "https" },
        { new() { TableEndpoint = new("a.table", UriKind.Relative), BlobEndpoint = new("https://a.blob.example") }, "https" },
        { new() { ConnectionString = "x", TableName = "my-table" }, "Storage:Azure:TableName 'my-table'" },
        { new() { ConnectionString = "x", GrainStateTableName = "1" }, "Storage:Azure:GrainStateTableName '1'" },
        { new() { ConnectionString = "x", GrainStateTableName = "OrleansIdentity" }, "is TableName" },
        { new() { ConnectionString = "x", ContainerName = "Upper" }, "Storage:Azure:ContainerName 'Upper'" },
        { new() { ConnectionString = "x", ContainerName = "a--b" }, "ContainerName" },
        { new() { ConnectionString = "x", MaxAttempts = 0 }, "must be 1 or more" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validate_AMistake_IsNamed(AzureStorageOptions options, string expected)
    {
        var result = new AzureStorageOptionsValidation().Validate(null, options);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ConnectionStringOrEndpoints_Succeeds()
    {
        var validation = new AzureStorageOptionsValidation();
        Assert.True(validation.Validate(null, new() { ConnectionString = "UseDevelopmentStorage=true" }).Succeeded);
        Assert.True(validation.Validate(null, new() { TableEndpoint = new("https://a.table.example"), BlobEndpoint = new("https://a.blob.example") }).Succeeded);
    }
}
