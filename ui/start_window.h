// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace base {
class Error;
}

namespace ui {

class Banner;

/// What is shown instead of the main window where the data folder cannot be opened.
class StartWindow : public QWidget {
    Q_OBJECT

public:
    explicit StartWindow(const QString& dataFolder);
    void showError(const base::Error& error);

Q_SIGNALS:
    void againWanted();
    void quitWanted();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    Banner* m_banner;
};

} // namespace ui
