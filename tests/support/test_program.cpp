// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"

#include <QFileInfo>

#include <cstdio>
#include <map>

namespace support {
namespace {

/// A function's, since what registers itself may be initialized earlier than a variable here.
std::map<QString, TestProgram::Main>& programs()
{
    static std::map<QString, TestProgram::Main> all;
    return all;
}

} // namespace

TestProgram::TestProgram(const char* source, Main main)
{
    programs().emplace(QFileInfo(QString::fromLocal8Bit(source)).baseName().remove(QStringLiteral("tst_")), main);
}

int TestProgram::run(int argc, char** argv)
{
    const auto wanted = programs().find(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (wanted != programs().end()) {
        argv[1] = argv[0];
        return wanted->second(argc - 1, argv + 1);
    }
    std::fputs("The first argument is one of these:\n", stderr);
    for (const auto& program : programs())
        std::fprintf(stderr, "  %s\n", qPrintable(program.first));
    return 2;
}

} // namespace support

int main(int argc, char** argv)
{
    return support::TestProgram::run(argc, argv);
}
