using OrleansIdentity.Silo.Hosting;

return await SiloHost.RunAsync(args);
