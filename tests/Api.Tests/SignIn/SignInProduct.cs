using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.SignIn;

/// <summary>A product whose passwords are cheap, and which counts what work it does on them.</summary>
public sealed class SignInProduct : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-sign-in-").FullName;

    public RunningProduct Product { get; private set; } = null!;

    public CountingHasher Hasher { get; private set; } = null!;

    public ShiftedTime Time { get; } = new();

    public string MailFolder => Path.Combine(_data, "mail");

    public async Task InitializeAsync() => Product = await RunningProduct.StartAsync(
        _data,
        builder =>
        {
            builder.Services.UseClock(Time);
            builder.Services.AddSingleton<IStartupFilter, ChosenAddress>();
            builder.Services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<object>>(provider =>
                Hasher = new CountingHasher(ActivatorUtilities.CreateInstance<PasswordHasher<object>>(provider))));
        },
        "--SignIn:HashIterations", "10000", "--Tenancy:PublicUrl", "https://{tenant}.id.example.test", "--Okta:AllowLoopback", "true");

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>Lets a test say from which address a request comes: otherwise all tests would share one, and slow each other down.</summary>
public sealed class ChosenAddress : IStartupFilter
{
    public const string Header = "X-Test-Address";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, following) =>
        {
            http.Connection.RemoteIpAddress = IPAddress.TryParse(http.Request.Headers[Header], out var address) ? address : http.Connection.RemoteIpAddress;
            return following(http);
        });
        next(app);
    };
}

/// <summary>The real hasher, counted: which hashes a password was held against.</summary>
public sealed class CountingHasher(IPasswordHasher<object> inner) : IPasswordHasher<object>
{
    private readonly List<string> _verified = [];

    /// <summary>What was verified since the last call.</summary>
    public string[] Take()
    {
        lock (_verified)
        {
            string[] taken = [.. _verified];
            _verified.Clear();
            return taken;
        }
    }

    public string HashPassword(object user, string password) => inner.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(object user, string hashedPassword, string providedPassword)
    {
        lock (_verified)
        {
            _verified.Add(hashedPassword);
        }

        return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

[CollectionDefinition(Name)]
public sealed class SignInCollection : ICollectionFixture<SignInProduct>
{
    public const string Name = "sign-in";
}
