using System.Diagnostics;
using System.Text;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>The product as a process of its own, as a person starts it.</summary>
public sealed class ProductProcess : IDisposable
{
    private static readonly string Program = Path.Combine(
        Repository.Root, "src", "Api", "bin", Repository.Configuration, "net10.0", "OrleansIdentity.Api.dll");

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ProductProcess(Process process, Uri baseUrl)
    {
        _process = process;
        BaseUrl = baseUrl;
    }

    public Uri BaseUrl { get; }

    /// <summary>What it has written so far, standard output and standard error together.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it is ready, or has ended.</summary>
    public static async Task<ProductProcess> StartAsync(string environment, string dataPath, params string[] settings)
    {
        var product = Launch(environment, dataPath, settings);
        using var client = new HttpClient { BaseAddress = product.BaseUrl };
        while (!product._process.HasExited)
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return product;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Yield();
        }

        throw new InvalidOperationException($"The product ended with {product._process.ExitCode}: {product.Output}");
    }

    /// <summary>Starts it without waiting.</summary>
    public static ProductProcess Launch(string environment, string dataPath, params string[] settings)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPorts.Free()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Program, "--urls", url.ToString(), "--Data:Path", dataPath, .. settings];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var product = new ProductProcess(new Process { StartInfo = start }, url);
        product._process.OutputDataReceived += (_, line) => product.Append(line.Data);
        product._process.ErrorDataReceived += (_, line) => product.Append(line.Data);
        product._process.Start();
        product._process.BeginOutputReadLine();
        product._process.BeginErrorReadLine();
        return product;
    }

    /// <summary>Waits until it has written a text: what it writes comes later than what it has done.</summary>
    public async Task WritesAsync(string text)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The product has ended and not written '{text}': {Output}");
            await Task.Yield();
        }
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public HttpClient Client(string bearer)
    {
        var client = new HttpClient { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return client;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
