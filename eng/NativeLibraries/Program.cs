using Ntl.NativeLibraries;

// native-libraries loadable SOURCE TARGET   a copy of TorchSharp's library that this system can load
// native-libraries answer TARGET            the library that answers MKL's question
try
{
    switch (args)
    {
        case ["loadable", var source, var target]:
            var done = LoadableCopy.Make(source, target, LoadableCopy.FindRuntime());
            File.WriteAllText(target + ".txt", done + "\n"); // what `ntl-train doctor` tells
            Console.WriteLine(done);
            return 0;
        case ["answer", var target]:
            AnswerLibrary.Write(target);
            return 0;
        default:
            Console.Error.WriteLine("Usage: native-libraries loadable SOURCE TARGET | native-libraries answer TARGET");
            return 2;
    }
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"native-libraries: error NTL0001: {exception.Message}"); // the form that MSBuild shows as an error
    return 1;
}
