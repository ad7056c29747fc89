// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

namespace support {

/// One class of test functions among those that are linked into the program of their folder. Compiling and linking them
/// together takes less than half of the time; run apart, none can disturb another.
///
/// Each source is a namespace of its own, called as the file is, so that what they hold can have the same short names.
class TestProgram {
public:
    using Main = int (*)(int argc, char** argv);

    /// \param source __FILE__: "tst_renewal.cpp" is run where the first argument is "renewal".
    TestProgram(const char* source, Main main);

    /// Runs what the first argument names with the arguments after it; 2 where there is nothing of that name.
    static int run(int argc, char** argv);
};

/// What QTEST_MAIN makes a program of, as a function.
template <class Application, class Test>
int runTest(int argc, char** argv)
{
    Application application(argc, argv);
    application.setAttribute(Qt::AA_Use96Dpi, true);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace support

/// Test functions that need no window, at the end of their source's namespace.
#define SEALWRIGHT_TEST(Test)                                                                                          \
    static const support::TestProgram program(__FILE__, support::runTest<QCoreApplication, Test>);

/// Test functions that show windows.
#define SEALWRIGHT_WINDOW_TEST(Test)                                                                                   \
    static const support::TestProgram program(__FILE__, support::runTest<QApplication, Test>);
