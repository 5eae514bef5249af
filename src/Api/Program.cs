using OrleansIdentity.Api.Hosting;

return await ApiHost.RunAsync(args);
