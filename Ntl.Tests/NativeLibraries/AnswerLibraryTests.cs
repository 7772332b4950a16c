using System.Runtime.InteropServices;
using Ntl.NativeLibraries;
using Ntl.Tests.Support;

namespace Ntl.Tests.NativeLibraries;

public sealed class AnswerLibraryTests
{
    [Fact]
    public void Write_OfTheLibrary_LoadsAndAnswersOne()
    {
        using var folder = new TemporaryDirectory();
        var path = folder[AnswerLibrary.FileName];
        AnswerLibrary.Write(path);

        var library = NativeLibrary.Load(path);
        try
        {
            var answer = Marshal.GetDelegateForFunctionPointer<Answer>(NativeLibrary.GetExport(library, AnswerLibrary.Function));

            Assert.Equal(1, answer());
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    [Fact]
    public void Content_IsWhatTheBuildPutBesideThePrograms() =>
        Assert.Equal(AnswerLibrary.Content(), File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, AnswerLibrary.FileName)));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Answer();
}
