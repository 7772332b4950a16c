using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The third schema: the library of schedules.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261128000000_Schedules")]
public sealed class Schedules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateSchedules(migrationBuilder);
        CreateVersions(migrationBuilder);
        CreateKeys(migrationBuilder);
    }

    private static void CreateSchedules(MigrationBuilder builder)
    {
        builder.CreateTable(
            "schedules",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Owner = table.Column<string>(nullable: false),
                Tags = table.Column<string>(nullable: false),
                Notes = table.Column<string>(nullable: false),
                CurrentVersion = table.Column<int>(nullable: false),
                Revision = table.Column<int>(nullable: false),
                ForkOfId = table.Column<string>(nullable: true),
                ForkOfVersion = table.Column<int>(nullable: true),
                CreatedTicks = table.Column<long>(nullable: false),
                UpdatedTicks = table.Column<long>(nullable: false),
                ArchivedTicks = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_schedules", schedule => schedule.Id);
                table.ForeignKey("FK_schedules_schedules_ForkOfId", schedule => schedule.ForkOfId, "schedules", "Id");
            });
        builder.CreateIndex("IX_schedules_UpdatedTicks", "schedules", "UpdatedTicks");
        builder.CreateIndex("IX_schedules_Owner", "schedules", "Owner");
        builder.CreateIndex("IX_schedules_ForkOfId", "schedules", "ForkOfId");
    }

    private static void CreateVersions(MigrationBuilder builder)
    {
        builder.CreateTable(
            "schedule_versions",
            table => new
            {
                ScheduleId = table.Column<string>(nullable: false),
                Number = table.Column<int>(nullable: false),
                Json = table.Column<string>(nullable: false),
                Hash = table.Column<string>(nullable: false),
                Description = table.Column<string>(nullable: false),
                TotalSteps = table.Column<long>(nullable: false),
                Peak = table.Column<double>(nullable: false),
                Minimum = table.Column<double>(nullable: false),
                IntrinsicTime = table.Column<double>(nullable: false),
                Note = table.Column<string>(nullable: false),
                Author = table.Column<string>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_schedule_versions", version => new { version.ScheduleId, version.Number });
                table.ForeignKey("FK_schedule_versions_schedules_ScheduleId", version => version.ScheduleId, "schedules", "Id", onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_schedule_versions_Hash", "schedule_versions", "Hash");
    }

    private static void CreateKeys(MigrationBuilder builder)
    {
        builder.CreateTable(
            "schedule_keys",
            table => new
            {
                Key = table.Column<string>(nullable: false),
                ScheduleId = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
                CreatedTicks = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_schedule_keys", key => key.Key);
                table.ForeignKey(
                    "FK_schedule_keys_schedule_versions_ScheduleId_Version",
                    key => new { key.ScheduleId, key.Version },
                    "schedule_versions",
                    ["ScheduleId", "Number"],
                    onDelete: ReferentialAction.Cascade);
            });
        builder.CreateIndex("IX_schedule_keys_ScheduleId_Version", "schedule_keys", ["ScheduleId", "Version"]);
    }
}
