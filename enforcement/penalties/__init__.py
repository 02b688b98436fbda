"""The penalty procedure of a case (行政处罚程序): from the end of the investigation to the fine that is paid."""
