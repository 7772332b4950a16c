using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The fourth schema: imported loss curves, and the laws fitted to curves.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261128010000_Laws")]
public sealed class Laws : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "loss_curves",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                FileName = table.Column<string>(nullable: false),
                Format = table.Column<string>(nullable: false),
                FileHash = table.Column<string>(nullable: false),
                Steps = table.Column<long>(nullable: false),
                SampleCount = table.Column<long>(nullable: false),
                PeakRate = table.Column<double>(nullable: false),
                IntrinsicTime = table.Column<double>(nullable: false),
                LastLoss = table.Column<double>(nullable: false),
                SamplesJson = table.Column<string>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_loss_curves", curve => curve.Id));
        migrationBuilder.CreateIndex("IX_loss_curves_CreatedTicks", "loss_curves", "CreatedTicks");
        migrationBuilder.CreateTable(
            "law_fits",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Law = table.Column<string>(nullable: false),
                FitJson = table.Column<string>(nullable: false),
                SourcesJson = table.Column<string>(nullable: false),
                TrainError = table.Column<double>(nullable: false),
                FamilyKey = table.Column<string>(nullable: true),
                ModelName = table.Column<string>(nullable: true),
                DatasetName = table.Column<string>(nullable: true),
                DatasetHash = table.Column<string>(nullable: true),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_law_fits", fit => fit.Id));
        migrationBuilder.CreateIndex("IX_law_fits_CreatedTicks", "law_fits", "CreatedTicks");
    }
}
